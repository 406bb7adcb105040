// A lock file written where a registry lacks some platform's package leaves it out without a word,
// and `npm ci` then refuses it or installs a tool without its binary. This finds what is left out.
import { readFileSync } from "node:fs";

type Locked = { packages: Record<string, { optionalDependencies?: Record<string, string> }> };

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as Locked;
const locked = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, "")));
const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
  Object.keys(optionalDependencies)
    .filter((name) => !locked.has(name))
    .map((name) => `package-lock.json lacks ${name}, which ${path} names as an optional dependency.`),
);

for (const line of missing) console.error(line);
if (missing.length > 0) process.exitCode = 1;
