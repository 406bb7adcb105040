// A type with every name in it replaced by what it stands for, in whatever file that is declared.
import { type Declaration, declarationOf, type Member, type Type } from "./declarations.ts";
import { found } from "./nouns.ts";

/** What needs no explanation in a table of fields. */
const PLAIN = /^(?:string|number|boolean|null|true|false|Record|"[^"]*")$/;

/**
 * @param from the file that the type is written in
 * @throws Error with the file for a name that is declared nowhere, or in a way that is not understood
 */
export function resolved(type: Type, from: URL): Type {
  if (type.kind === "array") return { kind: "array", of: resolved(type.of, from) };
  if (type.kind === "union") return { kind: "union", of: type.of.map((one) => resolved(one, from)) };
  if (type.kind === "intersection") return merged(type.of.map((one) => resolved(one, from)));
  if (type.kind === "object") {
    const members = type.members.map((member) => ({ ...member, type: resolved(member.type, from) }));
    return { kind: "object", members };
  }
  return named(type, from);
}

/** The members of a type that is an object; none of another. */
export function membersOf(type: Type): Member[] {
  return type.kind === "object" ? type.members : [];
}

/** The declarations in a file whose name ends so. */
export function declarationsEnding(text: string, ending: string): Declaration[] {
  const names = [...text.matchAll(new RegExp(`^export type (\\w+${ending}) =`, "gm"))];
  return names.flatMap(([, name = ""]) => declarationOf(text, name) ?? []);
}

/** A member's name, which is quoted where it is not a word. */
export function unquoted(name: string): string {
  return name.replace(/^"(.*)"$/, "$1");
}

function named(type: Extract<Type, { kind: "name" }>, from: URL): Type {
  const { name, of } = type;
  if (PLAIN.test(name)) return { ...type, of: of.map((one) => resolved(one, from)) };
  if (name === "Pick" || name === "Omit") return chosen(name, of, from);
  const declared = found(from, name);
  return resolved(declared.declaration.type, declared.from);
}

function chosen(how: "Pick" | "Omit", [whole, keys]: Type[], from: URL): Type {
  if (whole === undefined || keys === undefined) throw new Error(`${from}: ${how} takes a type and keys.`);
  const names = new Set((keys.kind === "union" ? keys.of : [keys]).map(keyName));
  const members = membersOf(resolved(whole, from));
  return { kind: "object", members: members.filter(({ name }) => names.has(name) === (how === "Pick")) };
}

function keyName(key: Type): string {
  return key.kind === "name" ? unquoted(key.name) : "";
}

function merged(of: Type[]): Type {
  const areObjects = of.every(({ kind }) => kind === "object");
  return areObjects ? { kind: "object", members: of.flatMap(membersOf) } : { kind: "intersection", of };
}
