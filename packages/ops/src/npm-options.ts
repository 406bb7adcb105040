// Without `--`, npm takes the options for its own, and tells the script of them in its environment alone.
import type { ParseArgsOptionsConfig } from "node:util";
import { Mistake } from "./mistake.ts";

type Environment = Readonly<Record<string, string | undefined>>;
type Kept = { name: string; value: string };

/**
 * @param command as it is typed, such as `npm run sim --`
 * @throws Mistake with the command to type instead, where npm kept options of this command
 */
export function checkNpmOptions(
  command: string,
  args: string[],
  options: ParseArgsOptionsConfig,
  env: Environment,
): void {
  if (scriptOf(command) !== env.npm_lifecycle_event) return;
  const kept = Object.keys(options).flatMap((name) => keptOf(name, args, env));
  if (kept.length === 0) return;
  const names = kept.map(({ name }) => `--${name}`).join(" and ");
  throw new Mistake(`npm kept ${names} for itself; type: ${command} ${retyped(kept, args, options)}`);
}

/** `npm start --` runs the script `start`, `npm run sim --` the script `sim`. */
function scriptOf(command: string): string | undefined {
  return command.split(" ").at(-2);
}

/** npm writes an empty text for what is off by default. */
function keptOf(name: string, args: string[], env: Environment): Kept[] {
  const value = env[`npm_config_${name.replaceAll("-", "_")}`];
  if (value === undefined || value === "") return [];
  const isGiven = args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  return isGiven ? [] : [{ name, value }];
}

/** npm takes `--events x` for a flag and a word: the word goes back to its option where it is clear to which. */
function retyped(kept: Kept[], args: string[], options: ParseArgsOptionsConfig): string {
  const isFlag = ({ name }: Kept) => options[name]?.type === "boolean";
  const texts = kept.filter((one) => !isFlag(one)).flatMap(({ name, value }) => valuesOf(name, value));
  const missing = texts.filter(({ value }) => value === undefined).length;
  if (missing > 0 && missing !== args.length) return "and then your options";
  const words = [...args];
  const typed = texts.map(({ name, value }) => `--${name} ${quoted(value ?? words.shift() ?? "")}`);
  const flags = kept.filter(isFlag).map(({ name }) => `--${name}`);
  return [...typed, ...words.map(quoted), ...flags].join(" ");
}

/** npm joins the values of an option that was given more than once. */
function valuesOf(name: string, value: string): { name: string; value: string | undefined }[] {
  return value.split("\n\n").map((text) => ({ name, value: text === "true" ? undefined : text }));
}

function quoted(word: string): string {
  return /^[\w./:@,=%+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
