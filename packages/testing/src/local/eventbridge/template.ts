// Input templates: text with `<variables>`, compiled once when a target is put.

/** What a variable whose path finds nothing becomes where it stands for a JSON value. */
export type MissingPath = "empty-string" | "null" | "absent";

export type Variable<Context> = (context: Context) => unknown;
type Piece = string | { readonly name: string; readonly quoted: boolean };

/** Marks what is taken out again; no event holds it. */
const ABSENT = "\u0000absent\u0000";
const ABSENT_IN_TEXT = JSON.stringify(ABSENT).slice(1, -1);
const IN_PLACE: Record<MissingPath, string> = {
  "empty-string": '""',
  null: "null",
  absent: JSON.stringify(ABSENT),
};

export class InvalidTemplate extends Error {}

/**
 * Compiles a template. The result gives the target's input, or nothing when that is no JSON, which
 * happens when a value in quotes breaks the document around it: EventBridge does not escape it.
 */
export function compileTemplate<Context>(
  template: string,
  variables: ReadonlyMap<string, Variable<Context>>,
  missingPath: MissingPath,
): (context: Context) => string | undefined {
  const pieces = piecesOf(template);
  const isText = template.trimStart().startsWith('"');
  const parts = pieces.map((piece) => renderer(piece, variables, missingPath, isText));
  const fill = (context: Context) => parts.map((part) => part(context)).join("");
  if (isText) return fill;
  if (!isJson(example(pieces))) throw new InvalidTemplate("is not a valid JSON text");
  if (hasVariableKey(pieces)) throw new InvalidTemplate("has a placeholder as an object key");
  const canBreak = pieces.some((piece) => typeof piece !== "string" && piece.quoted);
  return (context) => {
    const filled = fill(context);
    if (canBreak && !isJson(filled)) return undefined;
    return missingPath === "absent" ? withoutAbsent(filled) : filled;
  };
}

function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = [];
  let quoted = false;
  let from = 0;
  for (const { 0: token, 1: name, index } of template.matchAll(/<([\w.-]+)>|\\.|"/gs)) {
    if (token === '"') quoted = !quoted;
    if (name === undefined) continue;
    pieces.push(template.slice(from, index), { name, quoted });
    from = index + token.length;
  }
  return [...pieces, template.slice(from)];
}

function renderer<Context>(
  piece: Piece,
  variables: ReadonlyMap<string, Variable<Context>>,
  missingPath: MissingPath,
  isText: boolean,
): (context: Context) => string {
  if (typeof piece === "string") return () => piece;
  const variable = variables.get(piece.name);
  if (!variable) throw new InvalidTemplate(`contains invalid placeholder ${piece.name}`);
  if (piece.quoted) return (context) => textOf(variable(context), isText);
  return (context) => {
    const value = variable(context);
    return value === undefined ? IN_PLACE[missingPath] : JSON.stringify(value);
  };
}

/** Within quotes. A template that is one text loses the quotes within a value; one that is JSON keeps them. */
function textOf(value: unknown, isText: boolean): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  const json = JSON.stringify(value);
  return isText ? json.replaceAll('"', "") : json;
}

/** The template with the simplest value in every place, to see whether it can ever give JSON. */
function example(pieces: readonly Piece[], quoted = ""): string {
  return pieces.map((piece) => (typeof piece === "string" ? piece : piece.quoted ? quoted : "0")).join("");
}

/** "The placeholder cannot be used as an object key" ("InputTransformer" of EventBridge's API reference). */
function hasVariableKey(pieces: readonly Piece[]): boolean {
  let found = false;
  JSON.parse(example(pieces, ABSENT_IN_TEXT), (key, value) => {
    found ||= key.includes(ABSENT);
    return value;
  });
  return found;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function withoutAbsent(json: string): string {
  if (!json.includes(IN_PLACE.absent)) return json;
  return JSON.stringify(JSON.parse(json, (_, value) => (value === ABSENT ? undefined : value)));
}
