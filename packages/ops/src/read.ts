// Reads Stripe events from a folder, a file or standard input, and says where each one stood.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { Mistake } from "./mistake.ts";

/** A JSON object that is taken for an event until the worker says otherwise. */
export type EventJson = { [member: string]: unknown };

const LINES = /\.(jsonl|ndjson)$/;
const READABLE = /\.(json|jsonl|ndjson)$/;

/**
 * All events of a folder (with the folders in it) or of a file: one event or a list of them in a `.json`,
 * one a line in a `.jsonl`. Nothing is given unless all of it can be read.
 * @throws Mistake that names the file, and the line where there is one.
 */
export function readEvents(path: string): EventJson[] {
  if (!existsSync(path)) throw new Mistake(`There is no file or folder ${path}.`);
  const files = statSync(path).isDirectory() ? filesIn(path) : [path];
  if (files.length === 0) throw new Mistake(`The folder ${path} holds no .json or .jsonl file.`);
  const events = files.flatMap(readFile);
  if (events.length === 0) throw new Mistake(`${path} holds no event.`);
  return events;
}

/**
 * The events of standard input, one a line, as they come, until its end or until `signal` aborts; a line
 * that is broken goes to `onMistake` and the others go on.
 */
export async function* readLines(
  onMistake: (mistake: Mistake) => void,
  signal: AbortSignal,
): AsyncGenerator<EventJson> {
  let number = 0;
  for await (const line of createInterface({ input: process.stdin, signal })) {
    number += 1;
    if (line.trim() === "") continue;
    try {
      yield eventOf(line, `standard input, line ${number}`);
    } catch (mistake) {
      onMistake(mistake as Mistake);
    }
  }
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => READABLE.test(name))
    .sort()
    .map((name) => join(folder, name));
}

function readFile(file: string): EventJson[] {
  const text = readFileSync(file, "utf8");
  if (text.trim() === "") throw new Mistake(`${file} is empty.`);
  return LINES.test(file) ? linesOf(text, file) : listOf(text, file);
}

function linesOf(text: string, file: string): EventJson[] {
  return text
    .split("\n")
    .map((line, index) => ({ line, where: `${file}, line ${index + 1}` }))
    .filter(({ line }) => line.trim() !== "")
    .map(({ line, where }) => eventOf(line, where));
}

function listOf(text: string, file: string): EventJson[] {
  const json = parse(text, file);
  if (!Array.isArray(json)) return [objectOf(json, file)];
  return json.map((entry, index) => objectOf(entry, `${file}, entry ${index + 1}`));
}

function eventOf(line: string, where: string): EventJson {
  return objectOf(parse(line, where), where);
}

function parse(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Mistake(`${where} is not JSON.`);
  }
}

/** Any object is taken: what is no event is parked by the worker, and the report says so. */
function objectOf(json: unknown, where: string): EventJson {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json as EventJson;
  throw new Mistake(`${where} is not a JSON object.`);
}
