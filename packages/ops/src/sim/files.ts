// The files that a run writes in the end, looked at before it begins.
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { Mistake } from "../mistake.ts";

/** @throws Mistake when the file could not be written in the end. */
export function checkWritable(option: string, file: string): void {
  if (existsSync(file) && statSync(file).isDirectory())
    throw new Mistake(`${option} takes a file, and ${file} is a folder.`);
  if (!existsSync(dirname(file)))
    throw new Mistake(`There is no folder ${dirname(file)} to write ${option} into.`);
  try {
    accessSync(existsSync(file) ? file : dirname(file), constants.W_OK);
  } catch {
    throw new Mistake(`${option} cannot write ${file}.`);
  }
}
