// Files that options name for output, checked before a run: that one cannot be written, or would overwrite what is read,
// is not to be found out at the end.
import { accessSync, constants, existsSync, fstatSync, type Stats, statSync } from "node:fs";
import { basename, dirname, resolve } from "node:path";
import { Mistake } from "./mistake.ts";

/** What stands for standard input among the inputs. */
export const STANDARD_INPUT = "-";

/**
 * @param outputs the files by their options
 * @param inputs files that are read
 * @throws Mistake when one could not be written in the end, is another's too, or is read
 */
export function checkOutputs(outputs: Record<string, string | undefined>, inputs: string[] = []): void {
  const named = Object.entries(outputs).filter(
    (output): output is [string, string] => output[1] !== undefined,
  );
  for (const [option, file] of named) checkOutputFile(option, file);
  for (const [index, [option, file]] of named.entries()) {
    const other = named.slice(index + 1).find(([, another]) => isSameFile(file, another));
    if (other) throw new Mistake(`${option} and ${other[0]} name one file: choose two.`);
    const input = inputs.find((one) => isSameFile(file, one));
    if (input)
      throw new Mistake(`${option} would overwrite ${nameOf(input)}, which is read: choose another file.`);
  }
}

function nameOf(input: string): string {
  return input === STANDARD_INPUT ? "standard input" : input;
}

/** @throws Mistake when the file could not be written in the end. */
export function checkOutputFile(option: string, file: string): void {
  if (file === "") throw new Mistake(`${option} takes the name of a file.`);
  if (isFolder(file)) throw new Mistake(`${option} takes a file, and ${file} is a folder.`);
  const folder = dirname(file);
  if (!isFolder(folder)) throw new Mistake(`There is no folder ${folder} to write ${option} into.`);
  if (!isWritable(existsSync(file) ? file : folder))
    throw new Mistake(`${option} cannot be written: ${file} is not writable.`);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** Whatever their names are: by links too. A device or a pipe is never overwritten. */
function isSameFile(one: string, other: string): boolean {
  const [first, second] = [statsOf(one), statsOf(other)];
  if (first && second) return first.isFile() && first.ino === second.ino && first.dev === second.dev;
  return first === second && basename(one) === basename(other) && isSameFolder(dirname(one), dirname(other));
}

function isSameFolder(one: string, other: string): boolean {
  const [first, second] = [statsOf(one), statsOf(other)];
  return resolve(one) === resolve(other) || (first?.ino === second?.ino && first?.dev === second?.dev);
}

function statsOf(path: string): Stats | undefined {
  if (path === STANDARD_INPUT) return fstatSync(0);
  return statSync(path, { throwIfNoEntry: false });
}
