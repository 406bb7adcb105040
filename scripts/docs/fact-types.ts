// The facts as their files declare them: each with when it is told and what its detail holds.
import { readdirSync, readFileSync } from "node:fs";
import { TELLERS } from "../../packages/core/src/facts.ts";
import { declarationOf, type Member, namesIn, type Type } from "./declarations.ts";
import { declarationsEnding, membersOf, resolved, unquoted } from "./resolve.ts";

export type FactType = {
  name: string;
  /** Its comment: when it is told. */
  when: string;
  detail: Type;
};

export type FactFile = {
  /** The kind of the row that tells them. */
  entity: string;
  /** The file's first comment. */
  what: string;
  /** What its types say of all of them. */
  notes: string[];
  facts: FactType[];
};

const FACTS = new URL("../../packages/core/src/facts/", import.meta.url);
const ALL = new URL("../../packages/core/src/facts.ts", import.meta.url);

/** Every file in core's folder of facts that declares any, by entity. */
export async function factFiles(): Promise<FactFile[]> {
  const files = readdirSync(FACTS).filter((file) => /^[a-z-]+\.ts$/.test(file));
  const each = await Promise.all(files.map((file) => factFile(new URL(file, FACTS))));
  return each
    .filter(({ facts }) => facts.length > 0)
    .sort((one, other) => (one.entity < other.entity ? -1 : 1));
}

/** The types of facts that core's `Fact` is made of: what no file of facts declares would be missing here. */
export function factTypesInUse(): string[] {
  const declaration = declarationOf(readFileSync(ALL, "utf8"), "RowFacts");
  return [...(declaration === undefined ? [] : namesIn(declaration.type)), "StockFacts"].sort();
}

export function factTypesDeclared(): string[] {
  const files = readdirSync(FACTS).filter((file) => /^[a-z-]+\.ts$/.test(file));
  return files.flatMap((file) => declared(new URL(file, FACTS)).map(({ name }) => name)).sort();
}

async function factFile(address: URL): Promise<FactFile> {
  const declarations = declared(address);
  return {
    entity: declarations.length === 0 ? "" : await entityOf(address),
    what: leadingComment(address),
    notes: declarations.map(({ doc }) => doc).filter((doc) => doc !== ""),
    facts: declarations.flatMap(({ type }) => membersOf(type).map((member) => factType(member, address))),
  };
}

function declared(address: URL) {
  return declarationsEnding(readFileSync(address, "utf8"), "Facts");
}

/** @throws Error for a fact without a comment. */
function factType({ name: quoted, doc, type }: Member, address: URL): FactType {
  const name = unquoted(quoted);
  if (doc === "")
    throw new Error(`${address.pathname} does not say in a comment when the fact ${name} is told.`);
  return { name, when: doc, detail: resolved(type, address) };
}

/** The kind of row whose facts the file tells; a counter's file has its name. */
async function entityOf(address: URL): Promise<string> {
  const exported: unknown[] = Object.values(await import(address.href));
  const [entity] = Object.entries(TELLERS).find(([, teller]) => exported.includes(teller)) ?? [];
  return entity ?? /([a-z-]+)\.ts$/.exec(address.pathname)?.[1] ?? "";
}

function leadingComment(address: URL): string {
  const comment = /^(?:\/\/ .*\n)+/.exec(readFileSync(address, "utf8"))?.[0] ?? "";
  return comment
    .replace(/^\/\/ /gm, "")
    .trim()
    .replaceAll("\n", " ");
}
