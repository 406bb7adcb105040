// A file that an option names, checked before a run: that it cannot be written is not to be found out at the end.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Mistake } from "./mistake.ts";

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
