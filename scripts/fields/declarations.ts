// The declarations of the installed `stripe` package: what a name means where it is used.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import {
  parseSync,
  type Statement,
  type TSInterfaceDeclaration,
  type TSModuleDeclaration,
  type TSTypeAliasDeclaration,
} from "oxc-parser";

type Declared = TSInterfaceDeclaration | TSTypeAliasDeclaration;

/** Where a name stands: its file, and the namespaces around it. */
export type Scope = { file: string; names: readonly string[] };

export type Found = { declared: Declared; scope: Scope };

type File = {
  declared: Map<string, Found>;
  imports: Map<string, { file: string; name: string }>;
};

const STRIPE = createRequire(new URL("../../packages/functions/src/stripe.ts", import.meta.url)).resolve(
  "stripe",
);

/** The folder of the declarations that the SDK's own code has beside it. */
export const RESOURCES = join(dirname(STRIPE), "resources");

/** Of an import of everything that a file exports. */
const ALL = "*";

const files = new Map<string, File>();

/**
 * The declaration that a name stands for; undefined for one that TypeScript itself has.
 * @throws Error when a file cannot be parsed.
 */
export function found(name: string, scope: Scope): Found | undefined {
  const { declared, imports } = fileAt(scope.file);
  for (let depth = scope.names.length; depth >= 0; depth--) {
    const here = declared.get([...scope.names.slice(0, depth), name].join("."));
    if (here !== undefined) return here;
  }
  const [first = "", ...rest] = name.split(".");
  const imported = imports.get(first);
  if (imported === undefined) return undefined;
  const names = imported.name === ALL ? rest : [imported.name, ...rest];
  return found(names.join("."), { file: imported.file, names: [] });
}

function fileAt(path: string): File {
  const known = files.get(path);
  if (known !== undefined) return known;
  const { program, errors } = parseSync(path, readFileSync(path, "utf8"), { lang: "dts" });
  if (errors[0] !== undefined) throw new Error(`${path}: ${errors[0].message}`);
  const file: File = { declared: new Map(), imports: new Map() };
  for (const statement of program.body) collect(file, statement, { file: path, names: [] });
  files.set(path, file);
  return file;
}

function collect(file: File, statement: Statement, scope: Scope): void {
  if (statement.type === "ExportNamedDeclaration") {
    if (statement.declaration !== null) collect(file, statement.declaration as Statement, scope);
    for (const { local, exported } of statement.source === null ? [] : statement.specifiers) {
      imported(file, nameOf(exported), nameOf(local), statement.source?.value ?? "", scope);
    }
  }
  if (statement.type === "ImportDeclaration") {
    for (const one of statement.specifiers) {
      const name = one.type === "ImportSpecifier" ? nameOf(one.imported) : ALL;
      imported(file, one.local.name, name, statement.source.value, scope);
    }
  }
  if (statement.type === "TSInterfaceDeclaration" || statement.type === "TSTypeAliasDeclaration") {
    file.declared.set([...scope.names, statement.id.name].join("."), { declared: statement, scope });
  }
  if (statement.type === "TSModuleDeclaration") collectInside(file, statement.id, statement.body, scope);
}

function collectInside(
  file: File,
  id: TSModuleDeclaration["id"],
  body: TSModuleDeclaration["body"],
  scope: Scope,
): void {
  if (id.type !== "Identifier" || body?.type !== "TSModuleBlock") return;
  const inside = { ...scope, names: [...scope.names, id.name] };
  for (const statement of body.body) collect(file, statement as Statement, inside);
}

function imported(file: File, local: string, name: string, source: string, scope: Scope): void {
  if (!source.startsWith(".")) return;
  file.imports.set(local, { file: resolve(dirname(scope.file), source.replace(/\.js$/, ".d.ts")), name });
}

function nameOf(name: { type: string; name?: string; value?: unknown }): string {
  return name.name ?? String(name.value);
}
