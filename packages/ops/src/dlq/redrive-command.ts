// `dlq redrive`: sends, waits, and says what became of each event.
import { setTimeout as sleep } from "node:timers/promises";
import { Mistake } from "../mistake.ts";
import { type Became, becameOf, type LedgerEntries, readLedger } from "./became.ts";
import { deadLetters } from "./dead-letters.ts";
import { missingIds, notParked } from "./filter.ts";
import { guidanceOf } from "./guidance.ts";
import type { Options } from "./options.ts";
import type { Parked } from "./parked.ts";
import { type Redriven, redrive, type Sent } from "./redrive.ts";
import { endText, type Told } from "./redrive-text.ts";
import type { Stage } from "./stage.ts";
import { DEFAULT_RATE } from "./usage.ts";

const SUCCESS = 0;
const FAILURE = 1;

/** Milliseconds between two looks into the ledger. */
const LOOK = 500;

export async function redriveCommand(stage: Stage, options: Options, signal: AbortSignal): Promise<number> {
  const before: LedgerEntries = new Map();
  const redriven = await redrive({
    letters: deadLetters(stage),
    sqs: stage.sqs,
    queueUrl: stage.queueUrl,
    tenant: stage.tenant,
    filter: options.filter,
    force: options.force,
    signal,
    beforeSending: (parked) => remember(before, stage, parked),
    turn: turnsOf(options.rate ?? DEFAULT_RATE),
  });
  const missing = checkFound(redriven, options);
  const { told, failure } = await outcomesOf(stage, redriven.sent, before, { seconds: options.wait, signal });
  const stopped = redriven.stopped ?? failure;
  if (told.length > 0 || stopped === undefined) tell(told, redriven, options);
  if (stopped !== undefined) throw stopped;
  if (missing.length > 0) console.error(notParked(missing));
  return told.some(isTrouble) || missing.length > 0 ? FAILURE : SUCCESS;
}

/** As the ledger stood before anything was sent. */
async function remember(before: LedgerEntries, { store, tenant }: Stage, parked: Parked[]): Promise<void> {
  for (const [key, entry] of await readLedger(store, parked, tenant)) {
    if (!before.has(key)) before.set(key, entry);
  }
}

/** Resolves at most `rate` times a second. */
function turnsOf(rate: number): () => Promise<void> {
  let next = 0;
  return async () => {
    const now = performance.now();
    const at = Math.max(now, next);
    next = at + 1000 / rate;
    if (at > now) await sleep(at - now);
  };
}

/** Gives the ids that no message has. @throws Mistake where that is all of them */
function checkFound({ sent, again, stopped }: Redriven, { filter }: Options): string[] {
  const missing = missingIds(filter, [...sent.map(({ parked }) => parked), ...again]);
  if (missing.length > 0 && sent.length + again.length === 0 && stopped === undefined)
    throw new Mistake(notParked(missing));
  return missing;
}

type Patience = { seconds: number; signal: AbortSignal };

/** `failure`: the ledger could not be read when it was last tried, and nothing is known of what still waits. */
async function outcomesOf(
  stage: Stage,
  sent: Sent[],
  before: LedgerEntries,
  { seconds, signal }: Patience,
): Promise<{ told: Told[]; failure?: unknown }> {
  const parked = sent.filter(isSent).map((one) => one.parked);
  const until = performance.now() + seconds * 1000;
  let seen = await lookUp(stage, parked, before);
  if (seen.became.some(isWaiting))
    console.error(`Sent ${parked.length}; waiting up to ${seconds} s for outcomes.`);
  while (seen.became.some(isWaiting) && performance.now() < until && !signal.aborted) {
    await sleep(LOOK, undefined, { signal }).catch(() => undefined);
    seen = await lookUp(stage, parked, before);
  }
  const { became, ...rest } = seen;
  const byParked = new Map(parked.map((one, index) => [one, became[index]]));
  return { told: sent.map((one) => ({ ...one, became: byParked.get(one.parked) })), ...rest };
}

type Seen = { became: Became[]; failure?: unknown };

/** What was sent is told of in any case: a failure is no reason to fall silent. */
async function lookUp({ store, tenant }: Stage, parked: Parked[], before: LedgerEntries): Promise<Seen> {
  try {
    const after = await readLedger(store, parked, tenant);
    return { became: becameOf(parked, tenant, { before, after, now: Math.floor(Date.now() / 1000) }) };
  } catch (failure) {
    return { became: parked.map(() => ({ outcome: "waiting" })), failure };
  }
}

function tell(told: Told[], redriven: Redriven, { json }: Options): void {
  console.log(json ? JSON.stringify(endJson(told, redriven)) : endText(told, redriven));
}

function isSent({ step }: Sent): boolean {
  return step === "sent" || step === "kept";
}

function isWaiting({ outcome }: Became): boolean {
  return outcome === "waiting";
}

function isTrouble({ step, became }: Told): boolean {
  return step !== "sent" || became?.outcome === "parked";
}

function endJson(told: Told[], { again }: Redriven) {
  return {
    redriven: told.filter(isSent).length,
    left: [
      ...told.filter((one) => one.step !== "sent").map(({ parked }) => parked.id),
      ...again.map(({ id }) => id),
    ],
    messages: told.map(({ parked, step, error, became }) => ({
      id: parked.id,
      eventId: parked.eventId,
      eventType: parked.eventType,
      lane: parked.lane,
      step,
      ...(error && { error: error.message }),
      ...(step === "never" && { reason: parked.reason, nextStep: guidanceOf(parked).nextStep }),
      ...became,
    })),
  };
}
