// Items in DynamoDB's encoding. Our own and not the SDK's `marshall`, which asks a value for its `constructor`: a
// metadata key of that name made every event of its object a defect.
import type { AttributeValue } from "@aws-sdk/client-dynamodb";

export type Attributes = Record<string, AttributeValue>;

/**
 * Encodes plain data, whatever its keys are: texts, numbers, flags, null, lists, objects, bytes and sets of texts. An
 * undefined member is left out.
 * @throws RangeError for a number that DynamoDB or a double would round.
 */
export function marshalled(item: object): Attributes {
  const attributes: Attributes = {};
  for (const name of Object.keys(item)) {
    const value = (item as Record<string, unknown>)[name];
    if (value !== undefined) attributes[escaped(name)] = encoded(value);
  }
  return attributes;
}

/** The item that `marshalled` encoded. */
export function unmarshalled(attributes: Attributes): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [unescaped(name), decoded(value)]),
  );
}

function encoded(value: unknown): AttributeValue {
  if (value === null) return { NULL: true };
  if (typeof value === "string") return { S: value };
  if (typeof value === "boolean") return { BOOL: value };
  if (typeof value === "number") return { N: digitsOf(value) };
  if (Array.isArray(value)) return { L: value.map(encoded) };
  if (value instanceof Uint8Array) return { B: value };
  if (value instanceof Set) return { SS: [...value] };
  if (typeof value === "object") return { M: marshalled(value) };
  throw new TypeError(`A ${typeof value} has no encoding in DynamoDB.`);
}

function digitsOf(number: number): string {
  if (Number.isInteger(number) ? Number.isSafeInteger(number) : Number.isFinite(number))
    return String(number);
  throw new RangeError(`The number ${number} would be rounded.`);
}

function decoded(value: AttributeValue): unknown {
  if (value.S !== undefined) return value.S;
  if (value.N !== undefined) return Number(value.N);
  if (value.M !== undefined) return unmarshalled(value.M);
  if (value.L !== undefined) return value.L.map(decoded);
  if (value.BOOL !== undefined) return value.BOOL;
  if (value.B !== undefined) return value.B;
  if (value.SS !== undefined) return new Set(value.SS);
  return null;
}

/** The SDK assigns members by name, and what is assigned to `__proto__` is gone: the table has it behind a "~". */
const TAKEN = /^~*__proto__$/;

function escaped(name: string): string {
  return name.endsWith("__proto__") && TAKEN.test(name) ? `~${name}` : name;
}

function unescaped(name: string): string {
  return name.startsWith("~") && TAKEN.test(name) ? name.slice(1) : name;
}
