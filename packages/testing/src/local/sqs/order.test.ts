import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ReceivedMessage } from "./present.ts";
import { depth, nextVisibleAt } from "./questions.ts";
import { fifoQueue, pass, refusal, type Scenario, scenario, type TestQueue } from "./scenario.ts";

/** What the rule says: each group's messages in the order of sending, and until when each is hidden. */
type Expected = { body: string; hiddenUntil: number; receipt: ReceivedMessage | undefined };
type Model = { groups: Map<string, Expected[]>; sent: number };
type Real = { world: Scenario; lanes: TestQueue };
type Step = fc.Command<Model, Real>;

function step(name: string, act: (model: Model, real: Real) => void): Step {
  return {
    check: () => true,
    run(model, real) {
      act(model, real);
      expectHonestAnswers(model, real);
    },
    toString: () => name,
  };
}

const send = (group: string): Step =>
  step(`send to ${group}`, (model, { lanes }) => {
    const body = String(model.sent++);
    lanes.send(body, group);
    const message: Expected = { body, hiddenUntil: 0, receipt: undefined };
    model.groups.set(group, [...(model.groups.get(group) ?? []), message]);
  });

const receive = (most: number, timeout: number): Step =>
  step(`receive ${most} for ${timeout} s`, (model, { world, lanes }) => {
    const deliverable = deliverableByGroup(model, world.now);
    const received = lanes.receive(most, { VisibilityTimeout: timeout });
    expect(received).toHaveLength(Math.min(most, deliverable.flat().length));
    for (const messages of deliverable) expectInSequence(messages, received);
    for (const receipt of received) {
      const message = deliverable.flat().find(({ body }) => body === receipt.Body);
      Object.assign(message ?? {}, { receipt, hiddenUntil: world.now + 1000 * timeout });
    }
  });

const remove = (pick: number): Step =>
  step(`delete ${pick}`, (model, { world, lanes }) => {
    const picked = pickReceived(model, pick);
    if (!picked) return;
    const { messages, message, receipt } = picked;
    const act = () => lanes.remove(receipt);
    if (message.hiddenUntil <= world.now) return expectExpired(act);
    act();
    messages.splice(messages.indexOf(message), 1);
  });

const hide = (pick: number, timeout: number): Step =>
  step(`hide ${pick} for ${timeout} s`, (model, { world, lanes }) => {
    const picked = pickReceived(model, pick);
    if (!picked) return;
    const { message, receipt } = picked;
    const act = () => lanes.hide(receipt, timeout);
    if (message.hiddenUntil <= world.now) return expectExpired(act);
    act();
    message.hiddenUntil = world.now + 1000 * timeout;
  });

const wait = (seconds: number): Step =>
  step(`${seconds} s pass`, (_model, { world }) => pass(world, seconds));

function deliverableByGroup({ groups }: Model, now: number): Expected[][] {
  return [...groups.values()].map((messages) => {
    const blocked = messages.findIndex(({ hiddenUntil }) => hiddenUntil > now);
    return blocked === -1 ? messages : messages.slice(0, blocked);
  });
}

function expectInSequence(deliverable: Expected[], received: ReceivedMessage[]): void {
  const bodies = deliverable.map(({ body }) => body);
  const delivered = received.map(({ Body }) => Body).filter((body) => bodies.includes(body));
  expect(delivered).toEqual(bodies.slice(0, delivered.length));
}

function expectExpired(act: () => unknown): void {
  expect(refusal(act)).toMatch("The receipt handle has expired.");
}

function pickReceived({ groups }: Model, pick: number) {
  const received = [...groups.values()].flatMap((messages) =>
    messages.flatMap((message) => (message.receipt ? [{ messages, message, receipt: message.receipt }] : [])),
  );
  return received[pick % received.length];
}

function expectHonestAnswers(model: Model, { world, lanes }: Real): void {
  const all = [...model.groups.values()].flat();
  const returns = all.map(({ hiddenUntil }) => hiddenUntil).filter((until) => until > world.now);
  expect(depth(world.state, lanes.url, world.now)).toEqual({
    visible: all.length - returns.length,
    inFlight: returns.length,
    delayed: 0,
  });
  const isReady = deliverableByGroup(model, world.now).flat().length > 0;
  const next = nextVisibleAt(world.state, lanes.url, world.now) ?? Number.POSITIVE_INFINITY;
  expect(next).toBe(isReady ? world.now : Math.min(...returns));
}

const seconds = fc.nat({ max: 6 });
const pick = fc.nat({ max: 50 });
const steps = fc.commands(
  [
    fc.constantFrom("a", "b", "c").map(send),
    fc.tuple(fc.integer({ min: 1, max: 10 }), seconds).map(([most, timeout]) => receive(most, timeout)),
    pick.map(remove),
    fc.tuple(pick, seconds).map(([picked, timeout]) => hide(picked, timeout)),
    seconds.map(wait),
  ],
  { maxCommands: 60 },
);

describe("whatever the interleaving of sends, receives, deletions, visibility changes and time", () => {
  it("a group's messages are delivered in sequence, nothing behind one in flight, and nothing withheld", () => {
    const setup = () => {
      const world = scenario();
      return { model: { groups: new Map(), sent: 0 }, real: { world, lanes: fifoQueue(world) } };
    };
    fc.assert(
      fc.property(steps, (commands) => fc.modelRun(setup, commands)),
      { numRuns: 300 },
    );
  });
});
