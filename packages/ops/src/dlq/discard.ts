// `dlq discard`: deletes parked messages, each when the disk has a copy of it.
import { Mistake } from "../mistake.ts";
import { type CopyFile, copyFile } from "./copy.ts";
import { type DeadLetters, deadLetters } from "./dead-letters.ts";
import { type Filter, isSelective, matches, missingIds, notParked } from "./filter.ts";
import { tableOf } from "./list.ts";
import type { Options } from "./options.ts";
import type { Parked } from "./parked.ts";
import type { Stage } from "./stage.ts";
import { walk } from "./walk.ts";

const SUCCESS = 0;
const FAILURE = 1;

type Run = {
  letters: DeadLetters;
  copy: CopyFile;
  filter: Filter;
  signal: AbortSignal;
  discarded: Parked[];
  /** Copied, and parked still. */
  left: { parked: Parked; error?: Error }[];
};

export async function discardCommand(stage: Stage, options: Options, signal: AbortSignal): Promise<number> {
  const letters = deadLetters(stage);
  const copy = copyFile(
    "--to",
    options.to ?? `discarded-${new Date().toISOString().replaceAll(":", "-")}.jsonl`,
  );
  const run: Run = { letters, copy, filter: options.filter, signal, discarded: [], left: [] };
  const stopped = await discard(run);
  copy.close();
  const missing = missingIds(options.filter, [...run.discarded, ...run.left.map(({ parked }) => parked)]);
  const isNothing = run.discarded.length + run.left.length === 0;
  if (stopped === undefined && missing.length > 0 && isNothing) throw new Mistake(notParked(missing));
  if (stopped === undefined || !isNothing) tell(run, missing, options);
  if (stopped !== undefined) throw stopped;
  return run.left.length + missing.length > 0 ? FAILURE : SUCCESS;
}

/** Gives what ended it before its time; what was done until then is in `run`. */
async function discard(run: Run): Promise<unknown> {
  const { letters, signal, filter, discarded } = run;
  const goesDeeper = () =>
    filter.ids === undefined ? isSelective(filter) : missingIds(filter, discarded).length > 0;
  const now = Date.now();
  try {
    for await (const fresh of walk(letters, { signal, goesDeeper })) {
      await discardSome(
        run,
        fresh.filter((parked) => matches(filter, parked, now)),
      );
    }
    return undefined;
  } catch (stopped) {
    return stopped;
  }
}

async function discardSome({ letters, copy, signal, discarded, left }: Run, some: Parked[]): Promise<void> {
  if (some.length === 0) return;
  copy.append(some);
  for (const parked of some) {
    if (signal.aborted) {
      left.push({ parked });
      continue;
    }
    try {
      await letters.remove(parked);
      discarded.push(parked);
    } catch (error) {
      left.push({ parked, error: error as Error });
    }
  }
}

function tell(run: Run, missing: string[], { json }: Options): void {
  const { discarded, left, copy } = run;
  const path = copy.isThere() ? copy.path : null;
  const ids = (messages: Parked[]) => messages.map(({ id }) => id);
  const told = {
    discarded: ids(discarded),
    left: ids(left.map(({ parked }) => parked)),
    missing,
    copy: path,
  };
  console.log(json ? JSON.stringify(told) : textOf(run, missing, path));
}

function textOf({ discarded, left }: Run, missing: string[], path: string | null): string {
  if (path === null) return "Nothing to discard.";
  return [
    ...tableOf(discarded),
    `Discarded ${discarded.length} messages. Their copies are in ${path}, whole and unmasked.`,
    ...left.map(
      ({ parked, error }) => `Copied and still parked: ${parked.eventId ?? parked.id}${why(error)}.`,
    ),
    ...(missing.length > 0 ? [notParked(missing)] : []),
  ].join("\n");
}

function why(error: Error | undefined): string {
  return `, ${error === undefined ? "since it was interrupted" : `since ${error.message.replace(/\.$/, "")}`}`;
}
