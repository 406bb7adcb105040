// A command's options, each a text or a flag; what is wrong with them is one sentence that says where all are.
import { parseArgs } from "node:util";
import { near } from "@stripe-lanes/core/nearest";
import { Mistake } from "./mistake.ts";
import { checkNpmOptions } from "./npm-options.ts";

export const TEXT = { type: "string" } as const;
export const FLAG = { type: "boolean" } as const;
/** May be given more than once. */
export const TEXTS = { type: "string", multiple: true } as const;

type Kinds = Record<string, typeof TEXT | typeof FLAG | typeof TEXTS>;

/**
 * What was given of the options, and what else stands among them.
 * @param command what is typed before the arguments, such as `npm run sim --`
 * @throws Mistake for an option that is unknown, repeated or lacks its value, for an argument where none is taken,
 * and for options that npm kept for itself
 */
export function readArguments<K extends Kinds>(
  command: string,
  args: string[],
  options: K,
  { allowPositionals = false } = {},
) {
  checkNpmOptions(command, args, options, process.env);
  try {
    const { values, positionals, tokens } = parseArgs({ args, options, allowPositionals, tokens: true });
    checkRepeated(tokens, options);
    return { values, positionals };
  } catch (error) {
    if (error instanceof Mistake) throw error;
    throw new Mistake(`${sentenceOf(error as ParseError, args, options)} See ${command} --help.`);
  }
}

const UNKNOWN = "ERR_PARSE_ARGS_UNKNOWN_OPTION";

type ParseError = Error & { code?: string };

function sentenceOf({ code, message }: ParseError, args: string[], options: Kinds): string {
  const [, name = ""] = /'(?:-\w, )?(--[\w-]+)/.exec(message) ?? [];
  const [first = ""] = message.split(/\.|\n/);
  if (message.includes("is ambiguous")) return missingText(name, args, options);
  const meant = code === UNKNOWN ? near(name.slice(2), Object.keys(options)) : undefined;
  return meant === undefined ? `${first}.` : `${first}: did you mean '--${meant}'?`;
}

/** `--events --exit`: the value is missing, and what follows is another option. */
function missingText(name: string, args: string[], options: Kinds): string {
  const next = args[args.indexOf(name) + 1] ?? "";
  const isOption = Object.keys(options).some((known) => next.split("=")[0] === `--${known}`);
  if (isOption) return `Option '${name} <value>' argument missing: ${next} is the next option.`;
  return `Option '${name} <value>' argument missing; for a value with a dash, write ${name}=${next}.`;
}

type Token = { kind: string; name?: string };

function checkRepeated(tokens: readonly Token[], options: Kinds): void {
  const seen = new Set<string>();
  for (const { kind, name = "" } of tokens) {
    if (kind !== "option" || options[name] !== TEXT) continue;
    if (seen.has(name)) throw new Mistake(`--${name} is given twice; give it once.`);
    seen.add(name);
  }
}
