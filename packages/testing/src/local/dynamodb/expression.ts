// Expressions as dynalite leaves them in a parsed request; it gets them back, and conditions are judged by them.
import type { AttributeValue } from "./attributes.ts";

/** A parsed expression; its leaves are paths (arrays) and the very attribute values of the request. */
export type Expression = { type: string; name?: string; args: Operand[] };
export type Operand = Expression | AttributeValue | (string | number)[];

export type Parsed = {
  _condition?: { expression: Expression } | undefined;
  _updates?: object | undefined;
  _projection?: { paths: (string | (string | number)[])[]; nestedPaths: object } | undefined;
};
