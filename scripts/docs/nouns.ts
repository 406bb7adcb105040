// The nouns as their files have them: the exported noun, and what only the text says.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Noun } from "../../packages/core/src/noun.ts";
import { type Declaration, declarationOf, namesIn } from "./declarations.ts";

export type NounFile = {
  name: string;
  /** Its first comment: what it is. */
  what: string;
  /** Missing where the file holds a counter. */
  noun: Noun | undefined;
  /** The state's type, and those that it is made of. */
  states: Declaration[];
  /** The pages of Stripe's documentation that it cites. */
  pages: Page[];
};

export type Page = { title: string; address: string };

const NOUNS = new URL("../../packages/core/src/nouns/", import.meta.url);

/** What needs no explanation in a table of fields. */
const PLAIN = /^(?:string|number|boolean|null|Record|State|true|"[^"]*")$/;

/** Every file in core's folder of nouns, by name. */
export async function nounFiles(): Promise<NounFile[]> {
  const names = readdirSync(NOUNS).flatMap((file) => /^([a-z-]+)\.ts$/.exec(file)?.[1] ?? []);
  return Promise.all(names.sort().map(nounFile));
}

async function nounFile(name: string): Promise<NounFile> {
  const address = new URL(`${name}.ts`, NOUNS);
  const text = readFileSync(address, "utf8");
  const exported: unknown[] = Object.values(await import(address.href));
  return {
    name,
    what: leadingComment(text, name),
    noun: exported.find((one): one is Noun => isNoun(one) && one.name === name),
    states: declared(address, [`${capitalised(name)}State`]),
    pages: pagesIn(text),
  };
}

function isNoun(exported: unknown): exported is Noun {
  return typeof exported === "object" && exported !== null && "lifecycleOf" in exported;
}

/** `payment-method` is `PaymentMethod`. */
function capitalised(name: string): string {
  return name
    .split("-")
    .map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`)
    .join("");
}

function leadingComment(text: string, name: string): string {
  const comment = /^(?:\/\/ .*\n)+/.exec(text)?.[0];
  if (comment === undefined)
    throw new Error(`nouns/${name}.ts does not begin with a comment that says what it is.`);
  return comment
    .replace(/^\/\/ /gm, "")
    .trim()
    .replaceAll("\n", " ");
}

/** The types of these names and all that they mention, wherever they are declared. */
function declared(address: URL, names: string[], known: readonly string[] = []): Declaration[] {
  const [name, ...others] = names.filter((one) => !PLAIN.test(one) && !known.includes(one));
  if (name === undefined) return [];
  const { declaration, from } = found(address, name);
  const inner = declared(from, namesIn(declaration.type), [...known, name]);
  const seen = [...known, name, ...inner.map((one) => one.name)];
  return [declaration, ...inner, ...declared(address, others, seen)];
}

/** The declaration of a type that a file writes or imports, and the file that has it. */
export function found(address: URL, name: string): { declaration: Declaration; from: URL } {
  const text = readFileSync(address, "utf8");
  const declaration = within(address, () => declarationOf(text, name));
  if (declaration !== undefined) return { declaration, from: address };
  const importing = new RegExp(`import (?:type )?\\{[^}]*\\b${name}\\b[^}]*\\} from "(\\.[^"]+)"`);
  const from = importing.exec(text)?.[1];
  if (from === undefined)
    throw new Error(`${fileURLToPath(address)} has no type ${name} that could be read.`);
  return found(new URL(from, address), name);
}

function within<T>(address: URL, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new Error(`${fileURLToPath(address)}: ${(cause as Error).message}`, { cause });
  }
}

/** Cited as `"The title", docs.stripe.com/the/page`, perhaps over the end of a line. */
function pagesIn(text: string): Page[] {
  const comments = text.replace(/\n\s*(?:\/\/|\*) ?/g, " ");
  const cited = comments.matchAll(/"([^"]+)",? (docs\.stripe\.com\/[\w/#.-]*\w)/g);
  return [...cited].map(([, title = "", address = ""]) => ({ title, address }));
}
