// A lane's batches until nothing of them is left: what fails comes back as the queue brings it back.
import type { Result } from "@stripe-lanes/core/batch";
import type { Message, Queue } from "@stripe-lanes/core/ports";

export type World = {
  handle(messages: Message[], queue: Queue): Promise<Result[]>;
  sleep(milliseconds: number): Promise<void>;
};

export type Worked = {
  /** Of each batch, those that came again included. */
  batchMilliseconds: number[];
  /** Messages that came again. */
  redelivered: number;
};

/** A message that failed so often would have been looked at long ago. */
const MOST_RECEIVES = 50;

/**
 * Handles a lane's batches one after another: a message group waits for the message that failed. What is moved into
 * a group of its own is handled beside them.
 * @throws Error when an event is parked, or fails again and again.
 */
export async function workLane(batches: Message[][], world: World): Promise<Worked> {
  const worked: Worked = { batchMilliseconds: [], redelivered: 0 };
  const apart: Promise<void>[] = [];
  for (const batch of batches) await handleUntilDone(batch, { world, worked, apart });
  while (apart.length > 0) await Promise.all(apart.splice(0));
  return worked;
}

type Lane = { world: World; worked: Worked; apart: Promise<void>[] };

async function handleUntilDone(messages: Message[], lane: Lane): Promise<void> {
  const { world, worked, apart } = lane;
  for (let left = messages; left.length > 0; ) {
    const told = toldQueue();
    const start = performance.now();
    const results = await world.handle(left, told.queue);
    worked.batchMilliseconds.push(performance.now() - start);
    refuseParked(results);
    for (const group of told.moved) apart.push(heardLater(handleUntilDone(group, lane)));
    left = results.filter(({ kind }) => kind === "retry").map(({ message }) => again(message));
    worked.redelivered += left.length + told.moved.flat().length;
    if (left.length > 0) await world.sleep(told.hidden() * 1000);
  }
}

/** Whoever waits for it hears of its failure then, and nobody before. */
function heardLater<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => {});
  return promise;
}

function refuseParked(results: Result[]): void {
  const parked = results.find((result) => result.kind === "settled" && result.outcome === "parked");
  if (parked?.kind === "settled")
    throw new Error(`An event was parked: ${parked.error?.message ?? parked.reason}`);
}

function again(message: Message): Message {
  const receives = message.receives + 1;
  if (receives > MOST_RECEIVES) throw new Error(`A message failed ${MOST_RECEIVES} times.`);
  return { ...message, receives };
}

/** A queue that remembers what it was told: what was moved, and for how many seconds the rest is hidden. */
function toldQueue() {
  const moved: Message[][] = [];
  const seconds: number[] = [0];
  const queue: Queue = {
    park: async () => {},
    async moveTo(group, messages, attempts) {
      moved.push(
        messages.map((message) => ({
          ...message,
          id: `${message.id}-${attempts}`,
          group,
          attempts,
          receives: 1,
        })),
      );
      return new Set(messages.map(({ id }) => id));
    },
    hide: async (_, hidden) => void seconds.push(hidden),
  };
  return { queue, moved, hidden: () => Math.max(...seconds) };
}
