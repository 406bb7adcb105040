// The events of standard input as they come, in any form that files may have.
import { Mistake } from "../mistake.ts";
import { eventsIn } from "./events.ts";
import { type EventJson, emptyTally, noEventText, notesOn } from "./tally.ts";

const NAME = "standard input";

/** Objects that are held back until there is one event among them: an input without any is not sent at all. */
const MOST_HELD = 1_000;

export type Listener = {
  /** Told what cannot be used while the rest goes on. */
  onMistake(sentence: string): void;
  /** Told what is worth knowing, at the end. */
  onNote(sentence: string): void;
};

/**
 * Several at a time, until the end of the input or until `signal` aborts.
 * @throws Mistake where none of it is an event
 */
export async function* readStandardInput(
  { onMistake, onNote }: Listener,
  signal: AbortSignal,
  bytes: AsyncIterable<Uint8Array> = bytesOf(process.stdin, signal),
): AsyncGenerator<EventJson[]> {
  const tally = emptyTally();
  const onBroken = ({ message }: Mistake) => onMistake(message);
  let held: EventJson[] = [];
  for await (const events of eventsIn({ bytes, name: NAME, tally, onBroken, onCut: onMistake })) {
    held = [...held, ...events];
    if (tally.events === 0 && held.length < MOST_HELD) continue;
    yield held;
    held = [];
  }
  if (signal.aborted) return;
  if (tally.events === 0) throw new Mistake(noEventText(NAME, tally));
  for (const note of notesOn(NAME, tally)) onNote(note);
}

async function* bytesOf(stream: NodeJS.ReadStream, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const end = () => stream.destroy();
  signal.addEventListener("abort", end);
  try {
    if (!signal.aborted) yield* stream as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    signal.removeEventListener("abort", end);
  }
}
