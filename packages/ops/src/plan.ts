// What a run delivers: simulated events, whose truth is known, or those of files and of standard input.
import { localClock, type MovableClock } from "@stripe-lanes/testing/local/clock";
import { type Traffic, traffic } from "@stripe-lanes/testing/stripe/traffic";
import { filesAt, readEvents } from "./input/read.ts";
import { readStandardInput } from "./input/standard-input.ts";
import type { EventJson } from "./input/tally.ts";
import { Mistake } from "./mistake.ts";
import type { Options } from "./options.ts";
import { checkOutputs, STANDARD_INPUT } from "./output-file.ts";

export type Truth = Pick<Traffic, "truth" | "ledger">;

export type Planned = {
  /** All events, where they are known and not too many to be kept. */
  events: EventJson[] | undefined;
  /** How many there are, as far as that is known. */
  count: number;
  /** Reads events that are not kept, several at a time. */
  stream(run: Listener): AsyncGenerator<EventJson[]>;
  truth: Truth | null;
  /** Its end is not known before it comes. */
  isOpenEnded: boolean;
  /** Sentences about what was skipped, and about what is missing. */
  notes: string[];
  mistakes: string[];
};

export type Listener = { signal: AbortSignal; notes: string[]; mistakes: string[] };

/** Read before anything starts: a broken file then costs nothing. @throws Mistake for what a person can put right */
export async function plan(options: Options): Promise<Planned> {
  const { traffic: asked, seed, mode, dump, facts } = options;
  const outputs = { "--dump": dump, "--facts": facts };
  if (asked.kind === "read") {
    checkOutputs(outputs, asked.paths.flatMap(inputFiles));
    return given(asked.paths);
  }
  checkOutputs(outputs);
  const simulated = traffic({ seed, events: asked.events, livemode: mode === "live" });
  return { ...NOTHING, events: simulated.events, count: simulated.events.length, truth: simulated };
}

async function* none(): AsyncGenerator<EventJson[]> {}

const NOTHING: Planned = {
  events: [],
  count: 0,
  stream: none,
  truth: null,
  isOpenEnded: false,
  notes: [],
  mistakes: [],
};

function inputFiles(path: string): string[] {
  return path === STANDARD_INPUT ? [path] : filesAt(path);
}

/** Files come before standard input, whose end nobody knows. */
async function given(paths: string[]): Promise<Planned> {
  const files = paths.filter((path) => path !== STANDARD_INPUT);
  const read = files.length === 0 ? NOTHING : { ...NOTHING, ...(await readEvents(files)) };
  if (files.length === paths.length) return read;
  return {
    ...read,
    events: undefined,
    isOpenEnded: true,
    stream: (listener) => filesThenLines(read, listener),
  };
}

async function* filesThenLines(read: Planned, listener: Listener): AsyncGenerator<EventJson[]> {
  if (read.events) yield read.events;
  else yield* read.stream(listener);
  const { signal, notes, mistakes } = listener;
  const onMistake = (sentence: string) => mistakes.push(sentence);
  try {
    yield* readStandardInput({ onMistake, onNote: (sentence) => notes.push(sentence) }, signal);
  } catch (error) {
    // The files' events are sent already: theirs is a run with a report.
    if (!(error instanceof Mistake) || read.count === 0) throw error;
    onMistake(error.message);
  }
}

/** The simulated Stripe has its own calendar: our clock is never behind what happened there. */
export function clockFor({ events = [], truth }: Planned): MovableClock {
  const clock = localClock();
  if (truth === null) return clock;
  const newest = events.reduce((latest, { created }) => Math.max(latest, Number(created)), 0);
  clock.advance(Math.max(0, (newest + 1) * 1000 - clock.now()));
  return clock;
}
