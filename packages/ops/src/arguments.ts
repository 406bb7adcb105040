// A command's options, each a text or a flag; one that there is not is told in a sentence that says where all are.
import { parseArgs } from "node:util";
import { Mistake } from "./mistake.ts";

export const TEXT = { type: "string" } as const;
export const FLAG = { type: "boolean" } as const;

type Kinds = Record<string, typeof TEXT | typeof FLAG>;

/**
 * What was told of the options, and what else stands among them.
 * @param command what is typed before the arguments, such as `npm run sim --`
 * @throws Mistake for an option that is unknown or lacks its text, and for an argument where none is taken
 */
export function readArguments<K extends Kinds>(
  command: string,
  args: string[],
  options: K,
  { allowPositionals = false } = {},
) {
  try {
    return parseArgs({ args, options, allowPositionals });
  } catch (error) {
    const [told] = (error as Error).message.split(/\.|\n/);
    throw new Mistake(`${told}. See ${command} --help.`);
  }
}
