// The events of files and folders: read once to check them, and kept unless they are many.
import { createReadStream, existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { Mistake } from "../mistake.ts";
import { eventsIn, type Source } from "./events.ts";
import {
  type EventJson,
  emptyTally,
  noEventText,
  notesOn,
  objectsCounted,
  sumOf,
  type Tally,
} from "./tally.ts";

export type Input = {
  /** How many events there are. */
  count: number;
  /** All of them, unless they are too many to be kept. */
  events: EventJson[] | undefined;
  /** Reads them again, several at a time. */
  stream(): AsyncGenerator<EventJson[]>;
  /** Sentences about what was skipped, and about what is missing. */
  notes: string[];
  mistakes: string[];
};

export type Limits = {
  /** Characters of input of which the events are kept in memory. */
  mostKept?: number;
  /** Characters that one document may have. */
  longest?: number;
};

const MOST_KEPT = 64 * 1024 * 1024;
const READABLE = /\.(json|jsonl|ndjson|log)(\.(gz|zst))?$|\.gz$/;
/** For links that lead nowhere. */
const MAY_LACK = { throwIfNoEntry: false };
const CHUNK = 1024 * 1024;

/**
 * All events of files and folders, in any of the forms that unwrap.ts knows.
 * @throws Mistake that names the file, and the line where there is one: nothing is used unless all of it can be read
 */
export async function readEvents(paths: string[], limits: Limits = {}): Promise<Input> {
  const files = paths.flatMap(filesAt);
  const tallies = new Map<string, Tally>();
  const mistakes: string[] = [];
  const events = await keptEvents({ files, tallies, mistakes, limits });
  const total = sumOf([...tallies.values()]);
  if (total.events === 0) throw new Mistake(mistakes[0] ?? noEventText(paths.join(" "), total));
  const notes = [...tallies].flatMap(([file, tally]) => notesOn(file, tally));
  return { count: objectsCounted(total), events, stream: () => eventsAgain(files, limits), notes, mistakes };
}

/** The readable files of a folder and of the folders in it; a file itself, whatever its name. */
export function filesAt(path: string): string[] {
  if (path === "") throw new Mistake("--events takes the name of a file or folder.");
  if (!existsSync(path)) throw new Mistake(`There is no file or folder ${path}.`);
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: "utf8" });
  const readable = names.filter((name) => READABLE.test(name)).sort();
  const files = readable.map((name) => join(path, name)).filter((file) => statSync(file, MAY_LACK)?.isFile());
  if (files.length === 0) throw new Mistake(`The folder ${path} holds no .json or .jsonl file.`);
  return files;
}

type Reading = { files: string[]; tallies: Map<string, Tally>; mistakes: string[]; limits: Limits };

async function keptEvents({ files, tallies, mistakes, limits }: Reading): Promise<EventJson[] | undefined> {
  const { mostKept = MOST_KEPT } = limits;
  let kept: EventJson[] | undefined = [];
  let characters = 0;
  for (const name of files) {
    const tally = emptyTally();
    tallies.set(name, tally);
    for await (const events of eventsIn(sourceAt(name, tally, mistakes, limits))) {
      if (characters + tally.characters > mostKept && canBeReadAgain(files)) kept = undefined;
      for (const event of events) kept?.push(event);
    }
    characters += tally.characters;
    if (tally.characters === 0) throw new Mistake(`${name} is empty.`);
  }
  return kept;
}

/** What comes through a pipe comes once. */
function canBeReadAgain(files: string[]): boolean {
  return files.every((name) => statSync(name).isFile());
}

async function* eventsAgain(files: string[], limits: Limits): AsyncGenerator<EventJson[]> {
  for (const name of files) yield* eventsIn(sourceAt(name, emptyTally(), [], limits));
}

function sourceAt(name: string, tally: Tally, mistakes: string[], { longest }: Limits): Source {
  return {
    bytes: bytesOf(name),
    name,
    tally,
    onBroken: (mistake) => {
      throw mistake;
    },
    onCut: (sentence) => mistakes.push(sentence),
    ...(longest !== undefined && { longest }),
  };
}

async function* bytesOf(file: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: CHUNK });
  } catch (error) {
    throw new Mistake(`${file} cannot be read: ${(error as Error).message}.`);
  }
}
