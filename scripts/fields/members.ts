// Every member of a Stripe object as the installed `stripe` package types it, by its path: `lines[].period.start`.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { TSSignature, TSType, TSTypeReference } from "oxc-parser";
import { type Found, found, RESOURCES, type Scope } from "./declarations.ts";

/** Values that a member may have; of a reference or a text any, of the words that Stripe lists each. */
export type Sample = string | number | boolean | { [name: string]: string | number };

export type Members = ReadonlyMap<string, readonly Sample[]>;

/** What is part of the object that lists it, though it has an id: it has no events of its own. */
export const PARTS: ReadonlySet<string> = new Set([
  "credit_note_line_item",
  "entitlements.active_entitlement",
  "item",
  "line_item",
  "subscription_item",
]);

const TEXTS = ["one", "other"];
const NUMBERS = [1, 2];
const FLAGS = [true, false];
/** By id or expanded, as an event may have it. */
const REFERENCES = [
  "one",
  "other",
  { id: "another", status: "succeeded", amount: 3, net: 3, currency: "usd" },
];

const MAPS = [{ one: "1" }, { one: "2" }, { one: 3 }];

/** Of an intersection too: Stripe's "or some other text" beside the words that it lists. */
const NO_VALUE: ReadonlySet<string> = new Set([
  "TSIntersectionType",
  "TSNullKeyword",
  "TSUndefinedKeyword",
  "TSVoidKeyword",
]);

type Walk = { members: Map<string, Sample[]>; path: string; scope: Scope; inside: readonly string[] };

/**
 * The leaves: texts, numbers, flags, maps, and references to other Stripe objects, below which nothing is named.
 * @throws Error when no such object is declared, or in a way that is not understood.
 */
export function membersOf(type: string): Members {
  const start = declarationOf(type);
  const members = new Map<string, Sample[]>();
  walkDeclared(start, { members, path: "", scope: start.scope, inside: [] });
  return members;
}

const FILES = readdirSync(RESOURCES, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".d.ts") && !file.startsWith("V2"))
  .map((file) => join(RESOURCES, file));

/** `billing.credit_grant` is `CreditGrant` in the folder `Billing`, `checkout.session` is `Session`. */
function declarationOf(type: string): Found {
  const name = (type.split(".").at(-1) ?? "").split("_").map(capitalised).join("");
  const names = [name, type === "invoiceitem" ? "InvoiceItem" : name];
  const candidates = FILES.flatMap((file) => names.flatMap((one) => found(one, { file, names: [] }) ?? []));
  const start = candidates.find((one) => objectTypeOf(one) === type);
  if (start === undefined) throw new Error(`stripe-node declares no object ${type}.`);
  return start;
}

function capitalised(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

/** What the member `object` says, where it says one thing. */
function objectTypeOf({ declared }: Found): string | undefined {
  if (declared.type !== "TSInterfaceDeclaration") return undefined;
  const types = declared.body.body.map((one) => (nameOf(one) === "object" ? typeOf(one) : undefined));
  return types
    .map((type) => (type === undefined ? undefined : literalOf(type)))
    .find((text) => text !== undefined);
}

function literalOf(type: TSType): string | undefined {
  if (type.type !== "TSLiteralType" || type.literal.type !== "Literal") return undefined;
  return typeof type.literal.value === "string" ? type.literal.value : undefined;
}

function nameOf(signature: TSSignature): string | undefined {
  if (signature.type !== "TSPropertySignature") return undefined;
  const { key } = signature;
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" ? String(key.value) : undefined;
}

function typeOf(signature: TSSignature): TSType | undefined {
  return signature.type === "TSPropertySignature" ? signature.typeAnnotation?.typeAnnotation : undefined;
}

function walkDeclared({ declared, scope }: Found, walk: Walk): void {
  if (declared.type === "TSTypeAliasDeclaration") {
    walkType(declared.typeAnnotation, { ...walk, scope });
    return;
  }
  if (declared.extends.length > 0) throw new Error(`${walk.path}: ${declared.id.name} extends another.`);
  walkSignatures(declared.body.body, { ...walk, scope }, declared.id.name);
}

function walkSignatures(signatures: readonly TSSignature[], walk: Walk, owner: string): void {
  if (signatures.length === 0) add(walk, []);
  for (const signature of signatures) {
    if (signature.type === "TSIndexSignature") {
      add(walk, MAPS);
      continue;
    }
    const [name, type] = [nameOf(signature), typeOf(signature)];
    if (name === undefined || type === undefined) throw new Error(`${owner} has more than members.`);
    const path = walk.path === "" ? name : `${walk.path}.${name}`;
    walkType(type, { ...walk, path });
  }
}

function add({ members, path }: Walk, samples: readonly Sample[]): void {
  members.set(path, [...new Set([...(members.get(path) ?? []), ...samples])]);
}

function walkType(type: TSType, walk: Walk): void {
  if (type.type === "TSUnionType") for (const one of type.types) walkType(one, walk);
  else if (type.type === "TSArrayType") walkType(type.elementType, { ...walk, path: `${walk.path}[]` });
  else if (type.type === "TSTypeLiteral") walkSignatures(type.members, walk, walk.path);
  else if (type.type === "TSTypeReference") walkReference(type, walk);
  else if (type.type === "TSParenthesizedType") walkType(type.typeAnnotation, walk);
  else if (type.type === "TSLiteralType") addLiteral(type, walk);
  else if (type.type === "TSStringKeyword") add(walk, TEXTS);
  else if (type.type === "TSNumberKeyword") add(walk, NUMBERS);
  else if (type.type === "TSBooleanKeyword") add(walk, FLAGS);
  else if (!NO_VALUE.has(type.type)) {
    throw new Error(`${walk.path} is typed in a way that scripts/fields does not understand: ${type.type}.`);
  }
}

function addLiteral(type: TSType, walk: Walk): void {
  if (type.type !== "TSLiteralType" || type.literal.type !== "Literal") return;
  const { value } = type.literal;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean")
    add(walk, [value]);
}

function walkReference(type: TSTypeReference, walk: Walk): void {
  const name = textOf(type.typeName);
  const [of] = type.typeArguments?.params ?? [];
  if ((name === "Array" || name === "ApiList") && of !== undefined) {
    walkType(of, { ...walk, path: `${walk.path}[]` });
  } else if (name === "Decimal") add(walk, TEXTS);
  else walkName(name, walk);
}

function walkName(name: string, walk: Walk): void {
  const declared = found(name, walk.scope);
  if (declared === undefined) throw new Error(`${walk.path} is typed as ${name}, which nothing declares.`);
  const object = objectTypeOf(declared);
  const isAnother = object !== undefined && hasId(declared) && !PARTS.has(object);
  const key = `${declared.scope.file} ${declared.scope.names.join(".")} ${name}`;
  if (isAnother) add(walk, REFERENCES);
  else if (!walk.inside.includes(key)) walkDeclared(declared, { ...walk, inside: [...walk.inside, key] });
}

function hasId({ declared }: Found): boolean {
  return declared.type === "TSInterfaceDeclaration" && declared.body.body.some((one) => nameOf(one) === "id");
}

function textOf(name: TSTypeReference["typeName"]): string {
  if (name.type === "Identifier") return name.name;
  if (name.type === "TSQualifiedName") return `${textOf(name.left)}.${name.right.name}`;
  return "this";
}
