// Reads type declarations out of the project's own source, with their doc comments. It understands what the
// nouns are written in and throws on anything else, so that no document is quietly wrong.

export type Type =
  | { kind: "name"; name: string; of: Type[] }
  | { kind: "object"; members: Member[] }
  | { kind: "array"; of: Type }
  | { kind: "union"; of: Type[] }
  | { kind: "intersection"; of: Type[] };

export type Member = {
  name: string;
  doc: string;
  optional: boolean;
  /** Of a method, its parameters' names. */
  parameters?: string[];
  type: Type;
};

export type Declaration = { name: string; doc: string; type: Type };

/** Where reading stands: each step moves it on. */
type Cursor = { text: string; at: number };

type Token = { kind: "doc" | "word" | "sign" | "end"; text: string; end: number };

const TOKEN =
  /(?:\s|\/\/[^\n]*)*(?:(?<doc>\/\*\*(?:(?!\*\/)[\s\S])*\*\/)|(?<word>[\w$]+|"[^"\n]*")|(?<sign>[{}()[\]<>:;,|&?])|(?<end>$))/y;

const COMMENT_BEFORE = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n$/;

/**
 * The declaration of that name in a file's text; undefined where there is none.
 * @throws Error when it is written in a way that is not understood.
 */
export function declarationOf(text: string, name: string): Declaration | undefined {
  const start = new RegExp(`^(?:export )?type ${name} =\\s`, "m").exec(text);
  if (start === null) return undefined;
  const [comment = ""] = COMMENT_BEFORE.exec(text.slice(0, start.index)) ?? [];
  const cursor = { text, at: start.index + start[0].length };
  const type = readType(cursor);
  expect(cursor, ";");
  return { name, doc: wordsOf(comment), type };
}

/** The names that a type refers to, in the order of their first mention. */
export function namesIn(type: Type): string[] {
  if (type.kind === "name") return [...new Set([type.name, ...type.of.flatMap(namesIn)])];
  if (type.kind === "array") return namesIn(type.of);
  const inner = type.kind === "object" ? type.members.map((member) => member.type) : type.of;
  return [...new Set(inner.flatMap(namesIn))];
}

/** A type as one would write it; an object that is spelled out where it is used is just called one. */
export function typeText(type: Type): string {
  if (type.kind === "object") return "object";
  if (type.kind === "array") return `${inParentheses(type.of)}[]`;
  if (type.kind === "union") return type.of.map(typeText).join(" | ");
  if (type.kind === "intersection") return type.of.map(inParentheses).join(" & ");
  return type.of.length === 0 ? type.name : `${type.name}<${type.of.map(typeText).join(", ")}>`;
}

function inParentheses(type: Type): string {
  const isCompound = type.kind === "union" || type.kind === "intersection";
  return isCompound ? `(${typeText(type)})` : typeText(type);
}

function readType(cursor: Cursor): Type {
  return readList(cursor, "union", "|", () =>
    readList(cursor, "intersection", "&", () => readPostfix(cursor)),
  );
}

function readList(cursor: Cursor, kind: "union" | "intersection", sign: string, readOne: () => Type): Type {
  skip(cursor, sign);
  const first = readOne();
  const of = [first];
  while (skip(cursor, sign)) of.push(readOne());
  return of.length === 1 ? first : { kind, of };
}

function readPostfix(cursor: Cursor): Type {
  let type = readPrimary(cursor);
  while (skip(cursor, "[")) {
    expect(cursor, "]");
    type = { kind: "array", of: type };
  }
  return type;
}

function readPrimary(cursor: Cursor): Type {
  const token = take(cursor);
  if (token.text === "readonly") return readPostfix(cursor);
  if (token.text === "{") return { kind: "object", members: readMembers(cursor) };
  if (token.text === "(") {
    const type = readType(cursor);
    expect(cursor, ")");
    return type;
  }
  if (token.kind !== "word") throw notUnderstood(cursor, token);
  return { kind: "name", name: token.text, of: skip(cursor, "<") ? readArguments(cursor) : [] };
}

function readArguments(cursor: Cursor): Type[] {
  const of = [readType(cursor)];
  while (skip(cursor, ",")) of.push(readType(cursor));
  expect(cursor, ">");
  return of;
}

function readMembers(cursor: Cursor): Member[] {
  const members: Member[] = [];
  while (!skip(cursor, "}")) {
    members.push(readMember(cursor));
    if (peek(cursor).text !== "}") expect(cursor, ";");
  }
  return members;
}

function readMember(cursor: Cursor): Member {
  const doc = peek(cursor).kind === "doc" ? wordsOf(take(cursor).text) : "";
  const name = readName(cursor);
  if (skip(cursor, "<")) skipTo(cursor, ">");
  const optional = skip(cursor, "?");
  const parameters = skip(cursor, "(") ? readParameters(cursor) : undefined;
  expect(cursor, ":");
  return { name, doc, optional, ...(parameters && { parameters }), type: readType(cursor) };
}

function readName(cursor: Cursor): string {
  const token = take(cursor);
  if (token.kind !== "word") throw notUnderstood(cursor, token);
  return token.text;
}

function readParameters(cursor: Cursor): string[] {
  const names: string[] = [];
  while (!skip(cursor, ")")) {
    names.push(readName(cursor));
    skip(cursor, "?");
    expect(cursor, ":");
    readType(cursor);
    if (peek(cursor).text !== ")") expect(cursor, ",");
  }
  return names;
}

/** Past the next such sign: what a method's type parameters extend is not told. */
function skipTo(cursor: Cursor, sign: string): void {
  while (take(cursor).text !== sign);
}

function peek({ text, at }: Cursor): Token {
  const token = new RegExp(TOKEN);
  token.lastIndex = at;
  const groups = token.exec(text)?.groups ?? {};
  const [kind, found] = Object.entries(groups).find(([, value]) => value !== undefined) ?? [];
  if (found === undefined) throw notUnderstood({ text, at });
  return { kind: kind as Token["kind"], text: found, end: token.lastIndex };
}

function take(cursor: Cursor): Token {
  const token = peek(cursor);
  if (token.kind === "end") throw notUnderstood(cursor, token);
  cursor.at = token.end;
  return token;
}

/** Past a sign that comes next, and past the comments before it. */
function skip(cursor: Cursor, sign: string): boolean {
  const ahead = { ...cursor };
  while (peek(ahead).kind === "doc") take(ahead);
  const token = peek(ahead);
  if (token.text !== sign) return false;
  cursor.at = token.end;
  return true;
}

function expect(cursor: Cursor, sign: string): void {
  const token = take(cursor);
  if (token.text !== sign) throw notUnderstood(cursor, token);
}

function notUnderstood({ text, at }: Cursor, token?: Token): Error {
  const line = text.slice(0, at).split("\n").length;
  const what = token?.text ?? text.slice(at, at + 20).trim();
  return new Error(`Line ${line} is written in a way that scripts/docs does not understand, at "${what}".`);
}

/** A doc comment's words, without its stars. */
function wordsOf(comment: string): string {
  const lines = comment.replace(/^\/\*\*|\*\/\s*$/g, "").split("\n");
  return lines
    .map((line) => line.replace(/^\s*\*/, "").trim())
    .filter((line) => line !== "")
    .join(" ");
}
