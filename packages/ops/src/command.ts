// How every command starts: help and version first, then its work; a usage error is one sentence and exit code 2.
import { readFileSync } from "node:fs";
import { tellingMistakes } from "./mistake.ts";

export type Command = {
  /** What `--help` prints. */
  usage: string;
  /** Gives the exit code. @throws Mistake for what a person can put right */
  run(args: string[]): Promise<number> | number;
};

const SUCCESS = 0;

/** Gives the exit code: what `run` gives, 0 for help and version, 2 for a usage error. */
export async function runCommand({ usage, run }: Command, args: string[]): Promise<number> {
  const asked = isHelp(args) ? usage : isVersion(args) ? versionText() : undefined;
  if (asked === undefined) return tellingMistakes(async () => run(args));
  console.log(asked);
  return SUCCESS;
}

function isHelp(args: string[]): boolean {
  return args[0] === "help" || args.some((arg) => arg === "-h" || arg === "--help");
}

function isVersion(args: string[]): boolean {
  return args.some((arg) => arg === "-v" || arg === "--version");
}

function versionText(): string {
  const manifest = new URL("../../../package.json", import.meta.url);
  const { name, version } = JSON.parse(readFileSync(manifest, "utf8")) as { name: string; version: string };
  return `${name} ${version}`;
}
