// Who waits for a queue's messages: told when there may be some, by what a command did or by time passing.
import type { Cancel, Clock } from "../clock.ts";
import { nextReturnAt, nextVisibleAt } from "./questions.ts";
import { type Effect, queueName, type SqsState } from "./state.ts";

type Listener = () => void;
type Watched = { name: string; listeners: Set<Listener>; cancel: Cancel };
export type Watchers = { state: SqsState; clock: Clock; queues: Map<string, Watched> };

const nothing = () => {};

/** Calls `listener` soon if there is something to receive, and again whenever there may be something new. */
export function watch(watchers: Watchers, queueUrl: string, listener: Listener): () => void {
  const { state, clock } = watchers;
  const queue = watchedQueue(watchers, queueName(queueUrl));
  const now = clock.now();
  const cancel = nextVisibleAt(state, queueUrl, now) === now ? clock.after(0, listener) : nothing;
  queue.listeners.add(listener);
  awaitReturn(watchers, queue);
  return () => {
    cancel();
    queue.listeners.delete(listener);
    awaitReturn(watchers, queue);
  };
}

function watchedQueue({ queues }: Watchers, name: string): Watched {
  const queue = queues.get(name) ?? { name, listeners: new Set(), cancel: nothing };
  queues.set(name, queue);
  return queue;
}

/** Calls the queue's listeners, or sees to it that they are called when the messages come back. */
export function tell(watchers: Watchers, effect: Exclude<Effect, { kind: "wake" }>): void {
  const queue = watchers.queues.get(queueName(effect.queue));
  if (!queue) return;
  const isForLater = effect.kind === "messages-available" && effect.at > watchers.clock.now();
  if (isForLater) awaitReturn(watchers, queue);
  else ring(watchers, queue);
}

function ring(watchers: Watchers, queue: Watched): void {
  for (const listener of [...queue.listeners]) {
    if (queue.listeners.has(listener)) listener();
  }
  awaitReturn(watchers, queue);
}

/** While anyone listens, rings when the next hidden message comes back. */
function awaitReturn(watchers: Watchers, queue: Watched): void {
  const { state, clock } = watchers;
  queue.cancel();
  const at = queue.listeners.size > 0 ? nextReturnAt(state, queue.name, clock.now()) : undefined;
  queue.cancel = at === undefined ? nothing : clock.after(at - clock.now(), () => ring(watchers, queue));
}

/** Ends the timers and forgets the listeners without calling them. */
export function stopWatching({ queues }: Watchers): void {
  for (const { cancel } of queues.values()) cancel();
  queues.clear();
}
