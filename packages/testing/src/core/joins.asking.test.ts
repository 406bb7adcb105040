// Lists that events cut, and a Stripe that is asked for the rest: late, slowly, in vain. A row that says that it is
// whole and certain is what Stripe has, and what is joined of it too (D12).
import { handleBatch } from "@stripe-lanes/core/batch";
import { Unavailable } from "@stripe-lanes/core/errors";
import { rowsOf } from "@stripe-lanes/core/item";
import type { Message, Stripe } from "@stripe-lanes/core/ports";
import { nounOf } from "@stripe-lanes/core/registry";
import { incompleteOf, isTie, partOf, type Row } from "@stripe-lanes/core/row";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type EventJson, FIRST_SECOND, messageOf, snapshotEvent, thinEvent } from "../events.ts";
import { TEST_OPTIONS, type TestPorts, testPorts } from "../ports.ts";
import { anyInvoice, anySession, anySummaries, type Step } from "./cut-lists.ts";
import { expectAllJoined } from "./joined.ts";

/** Of one change: seconds after the one before it, and until its event comes; what its event's id begins with. */
type Pace = { gap: number; delay: number; name: number };

const anyPace: fc.Arbitrary<Pace> = fc.record({
  gap: fc.constantFrom(0.1, 0.4, 1, 1.5),
  delay: fc.constantFrom(0.05, 0.3, 1, 2, 4),
  name: fc.nat({ max: 9 }),
});

/** Of one answer: the seconds it takes, and after which share of them the object is read. */
type Patience = { seconds: number; readAt: number; fails: boolean };

const anyPatience: fc.Arbitrary<Patience> = fc.record({
  seconds: fc.constantFrom(0.1, 0.9, 1.2, 2.5),
  readAt: fc.constantFrom(0, 0.5, 1),
  fails: fc.constantFrom(false, false, false, true),
});

type Happened = Step & { time: number; arrival: number; event: EventJson };

function happenedOf(steps: Step[], paces: Pace[], isThin: (step: number) => boolean): Happened[] {
  let time = 0;
  return steps.map((step, n) => {
    const { gap, delay, name } = paces[n % paces.length] as Pace;
    time += gap;
    const about = { id: `evt_${name}_${n}`, created: FIRST_SECOND + Math.floor(time) };
    const event = isThin(n)
      ? thinEvent({ ...thinly(step), ...about })
      : snapshotEvent({ ...snapshotly(step), ...about });
    return { ...step, time, arrival: time + delay, event };
  });
}

function snapshotly({ type, shown }: Step) {
  return { type, object: shown };
}

function thinly({ type, whole }: Step) {
  return { type: `v1.${type}`, related: { id: String(whole.id ?? whole.customer), type: whole.object } };
}

/** Stripe as D12 sees it: an answer shows a moment of its request, and is dated by the second in which it ends. */
function stripeOf(happened: Happened[], answers: Patience[], clock: { now: number }) {
  const asked: string[] = [];
  const stripe: Stripe = {
    async fetch({ id }) {
      const { seconds, readAt, fails } = answers[asked.push(id) % answers.length] as Patience;
      if (fails && asked.length < MOST_FAILURES) throw new Unavailable("Stripe is down, the test says.");
      const read = clock.now + readAt * seconds;
      clock.now += seconds;
      const until = FIRST_SECOND + Math.floor(clock.now);
      const { whole } = happened.findLast(({ time }) => time <= read) as Happened;
      return { object: whole, second: until - Math.ceil(seconds) - 1, until };
    },
  };
  return { stripe, asked };
}

const MOST_FAILURES = 20;
const MOST_BATCHES = 100;

type Waiting = { at: number; message: Message };

/** Delivers each event when it arrives, with those that arrived meanwhile, until all are settled. */
async function delivered(happened: Happened[], answers: Patience[]): Promise<TestPorts> {
  const clock = { now: 0 };
  const { stripe, asked } = stripeOf(happened, answers, clock);
  const ports = testPorts({ stripe });
  let waiting = happened.map(({ arrival, event }): Waiting => ({ at: arrival, message: messageOf(event) }));
  for (let batches = 0; waiting.length > 0; batches++) {
    if (batches === MOST_BATCHES)
      throw new Error(`After ${batches} batches ${waiting.length} messages wait.`);
    clock.now = Math.max(clock.now, Math.min(...waiting.map(({ at }) => at)));
    const before = asked.length;
    const [batch, later] = parted(waiting, clock.now);
    const left = await unsettledOf(batch, ports);
    expect(asked.length - before).toBeLessThanOrEqual(1);
    waiting = [...later, ...left.map((message) => ({ at: clock.now + 1, message }))];
  }
  return ports;
}

function parted(waiting: Waiting[], now: number): [Waiting[], Waiting[]] {
  return [waiting.filter(({ at }) => at <= now), waiting.filter(({ at }) => at > now)];
}

async function unsettledOf(batch: Waiting[], ports: TestPorts): Promise<Message[]> {
  const messages = batch.map(({ message }) => message);
  const results = await handleBatch(messages, ports, TEST_OPTIONS);
  return results.flatMap(({ kind, message }) => (kind === "settled" ? [] : [message]));
}

/** The one row that the story is about. */
function rowOf({ memory }: TestPorts, { whole }: Step): Row {
  const { name } = nounOf(whole.object);
  return rowsOf(memory.items()).find(({ identity }) => identity.noun === name) as Row;
}

type Kind = "snapshot" | "thin";

function endsTrue(anyStory: fc.Arbitrary<Step[]>, kinds: Kind[]) {
  const anyKinds = fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 5 });
  const paces = fc.array(anyPace, { minLength: 1, maxLength: 5 });
  const answers = fc.array(anyPatience, { minLength: 1, maxLength: 4 });
  const property = fc.asyncProperty(anyStory, anyKinds, paces, answers, async (steps, of, at, patience) => {
    const happened = happenedOf(steps, at, (n) => of[n % of.length] === "thin");
    const ports = await delivered(happened, patience);
    const last = happened.at(-1) as Happened;
    const told = rowOf(ports, last);
    expect(ports.parked).toEqual([]);
    expectAllJoined(ports.memory);
    if (isTie(told) || incompleteOf(told).length > 0) return;
    const own = partOf(told, told.identity.id)?.state;
    expect(own).toEqual(nounOf(last.whole.object).project(last.whole, last.type));
  });
  return fc.assert(property, { numRuns: RUNS, seed: 5 });
}

const RUNS = 300;

const STORIES = [
  ["entitlements", anySummaries],
  ["an order", anySession],
  ["an invoice", anyInvoice],
] as const;

describe("a row that says that it is whole and certain", () => {
  it.each(STORIES)("is what Stripe has of %s", async (_, anyStory) => {
    await endsTrue(anyStory, ["snapshot"]);
  });

  it("is what Stripe has where thin events tell of it too", async () => {
    for (const [, anyStory] of STORIES) await endsTrue(anyStory, ["snapshot", "thin"]);
  });
});
