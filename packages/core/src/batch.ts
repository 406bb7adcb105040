// A batch of queue messages, each brought to an end or to its next try (D5 to D9).
import { secondsAhead } from "./ahead.ts";
import { askingOnce } from "./asking.ts";
import { isSuspect, settleSuspects } from "./crash.ts";
import type { Doubt } from "./doubt.ts";
import { Conflict, type Defect, type Malformed, NotBegun, Unavailable } from "./errors.ts";
import type { StripeEvent } from "./event.ts";
import { aggregateOf } from "./keys.ts";
import type { Outcome, SettledReason } from "./ledger.ts";
import { park } from "./parking.ts";
import type { Message, Ports } from "./ports.ts";
import { isPersistent, planRetries, type RetryPlan } from "./retry.ts";
import { type Handled, isOutOfTime, knownError, type SettleOptions, settleAll } from "./settle.ts";
import { type Taken, type TakeOptions, take, tenantOf } from "./take.ts";

const NONE: ReadonlySet<string> = new Set();

/** Seconds after which a message that the queue did not take again is tried in its lane. */
const WHEN_NOT_MOVED = 2;

export type BatchOptions = SettleOptions & Omit<TakeOptions, "canFetch" | "now">;

/** What became of a message: it is acknowledged when it is settled or moved, and left when it is to be retried. */
export type Result = { message: Message; event?: StripeEvent } & (
  | {
      kind: "settled";
      outcome: Outcome;
      reason: SettledReason;
      error?: Error;
      /** What it was applied without. */
      doubt?: Doubt;
      /** Seconds that the event is ahead of the clock, where that is more than a day. */
      ahead?: number;
    }
  | { kind: "moved"; group: string; error: Error }
  /** `refusal`: why it was to be parked, where only the parking failed. */
  | { kind: "retry"; error: Error; refusal?: Malformed | Defect }
);

/** Handles one batch; gives a result for each message, in their order. It never throws for what a message holds. */
export async function handleBatch(
  messages: Message[],
  world: Ports,
  options: BatchOptions,
): Promise<Result[]> {
  const ports = { ...world, stripe: world.stripe && askingOnce(world.stripe) };
  const canFetch = ports.stripe !== undefined;
  const now = Math.floor(world.now() / 1000);
  const taken = messages.map((message) => take(message, { ...options, canFetch, now }));
  const handled = await settleTaken(taken, ports, options);
  const results = await parkRefused(taken, handled, ports, options);
  await retryFailed(results, ports, options);
  return messages.map(({ id }) => results.get(id) as Result);
}

/** The ordinary ones together, then the suspects one by one: a crash then costs nobody else's work. */
async function settleTaken(taken: Taken[], ports: Ports, options: BatchOptions) {
  const deliveries = taken.flatMap((one) => ("delivery" in one ? [one.delivery] : []));
  const ordinary = deliveries.filter((delivery) => !isSuspect(delivery));
  const handled = new Map(ordinary.length === 0 ? [] : await settleAll(ordinary, ports, options));
  for (const [id, end] of await settleSuspects(deliveries.filter(isSuspect), ports, options)) {
    handled.set(id, end);
  }
  return handled;
}

async function parkRefused(
  taken: Taken[],
  handled: Map<string, Handled>,
  ports: Ports,
  options: BatchOptions,
): Promise<Map<string, Result>> {
  const results = new Map<string, Result>();
  for (const one of taken) {
    const end: Handled = "refusal" in one ? { error: one.refusal } : (handled.get(one.message.id) as Handled);
    results.set(one.message.id, await conclude(one, end, ports, options));
  }
  return results;
}

async function conclude(one: Taken, end: Handled, ports: Ports, options: BatchOptions): Promise<Result> {
  const event = eventOf(one);
  const about = { message: one.message, ...(event && { event }) };
  if (!("error" in end)) return { ...about, kind: "settled", ...end, ...aheadOf(event, ports) };
  const { error } = end;
  if (error instanceof Unavailable || error instanceof Conflict) return { ...about, kind: "retry", error };
  // It stays in the queue: a function that is stopped while it parks reports nothing of the others either.
  if (isOutOfTime(ports, options)) return { ...about, kind: "retry", error: new NotBegun(), refusal: error };
  try {
    await park(about, error, ports, options);
    return { ...about, kind: "settled", outcome: "parked", reason: error.reason, error };
  } catch (cause) {
    const failure = new Unavailable("The message could not be parked.", { cause });
    return { ...about, kind: "retry", error: failure, refusal: error };
  }
}

function aheadOf(event: StripeEvent | undefined, { now }: Ports): { ahead?: number } {
  const ahead = event ? secondsAhead(event, Math.floor(now() / 1000)) : 0;
  return ahead > 0 ? { ahead } : {};
}

function eventOf(one: Taken): StripeEvent | undefined {
  return "delivery" in one ? one.delivery.event : one.event;
}

async function retryFailed(results: Map<string, Result>, ports: Ports, options: BatchOptions): Promise<void> {
  const failed = [...results.values()].filter((result) => result.kind === "retry");
  const failures = failed.map(({ message, event, error }) => ({
    message,
    aggregate: event ? aggregateOf(tenantOf(event, options), event) : message.group,
    begun: !(error instanceof NotBegun),
  }));
  const mayProbe = isPersistent(failures) && !isOutOfTime(ports, options);
  const answers = storeAnswers(results) || (mayProbe && (await takesWrites(ports)));
  const plan = planRetries(failures, answers, ports.random);
  const left: Message[][] = [];
  for (const move of plan.moves) left.push(await moveFailed(move, results, ports, options));
  const notMoved = left.map((messages) => ({ messages, seconds: WHEN_NOT_MOVED }));
  // All at once: one after the other, a queue that hangs would take the function past its end.
  const hiding = [...notMoved.filter(({ messages }) => messages.length > 0), ...plan.inPlace];
  await Promise.all(hiding.map(({ messages, seconds }) => hide(messages, seconds, ports)));
}

/**
 * An event was settled, or refused because of another writer: the store is up, and what failed is its own
 * trouble. A body that is no event says nothing of the store.
 */
function storeAnswers(results: Map<string, Result>): boolean {
  return [...results.values()].some(
    (result) => (result.kind === "settled" && result.event !== undefined) || result.error instanceof Conflict,
  );
}

/** Where nothing else tells an outage from the trouble of the few that failed, a write of no account does. */
async function takesWrites({ store, now, trouble }: Ports): Promise<boolean> {
  try {
    await store.probe(Math.floor(now() / 1000));
    return true;
  } catch (error) {
    trouble?.("The store takes no writes.", knownError(error));
    return false;
  }
}

/** Gives the messages that were not moved, which stay in their lane. */
async function moveFailed(
  { group, messages, attempts }: RetryPlan["moves"][number],
  results: Map<string, Result>,
  ports: Ports,
  options: BatchOptions,
): Promise<Message[]> {
  const moving = async () => ports.queue.moveTo(group, messages, attempts);
  const moved = isOutOfTime(ports, options) ? NONE : await moving().catch(notMoved(ports));
  for (const message of messages.filter(({ id }) => moved.has(id))) {
    const { error, event } = results.get(message.id) as Extract<Result, { kind: "retry" }>;
    results.set(message.id, { message, ...(event && { event }), kind: "moved", group, error });
  }
  return messages.filter(({ id }) => !moved.has(id));
}

function notMoved({ trouble }: Ports) {
  return (error: unknown) => {
    trouble?.("Messages could not be moved to a group of their own.", knownError(error));
    return NONE;
  };
}

/** When this fails, the message comes back at the end of its visibility timeout: later, and not lost. */
async function hide(messages: Message[], seconds: number, { queue, trouble }: Ports): Promise<void> {
  try {
    await queue.hide(messages, seconds);
  } catch (error) {
    trouble?.(
      "Messages could not be hidden; they return at the end of their visibility timeout.",
      knownError(error),
    );
  }
}
