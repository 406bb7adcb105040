// Hostile bodies through the worker's own decisions, on a store in memory: each ends in an outcome, and rightly.
import type { handleBatch, Result } from "@stripe-lanes/core/batch";
import { Unavailable } from "@stripe-lanes/core/errors";
import { entriesOf } from "@stripe-lanes/core/item";
import { memoryStore } from "@stripe-lanes/core/memory";
import type { Message, Stripe } from "@stripe-lanes/core/ports";
import { messageOf } from "@stripe-lanes/testing/events";
import { TEST_OPTIONS, type TestPorts, testPorts } from "@stripe-lanes/testing/ports";
import type { Random } from "@stripe-lanes/testing/random";

export type Handle = typeof handleBatch;

export type BodyTally = { ended: Record<string, number> };

export type WrongBody = { body: string; wrong: string };

/** Stripe as it may be: unset, down, with the key of another account, or with an answer that is itself hostile. */
function stripeFor(bodies: readonly string[], random: Random): Stripe | undefined {
  const kind = random.integer(4);
  if (kind === 0) return undefined;
  return {
    async fetch({ objectType, id }) {
      if (kind === 1) throw new Unavailable("Stripe is down.");
      const span = { second: 1_795_000_000, until: 1_795_000_001 };
      if (kind === 2) return { object: null, ...span };
      const told = asObject(random.pick(bodies));
      return { object: { object: objectType, ...told, id }, ...span };
    },
  };
}

function asObject(body: string): object {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === "object" && json !== null && !Array.isArray(json) ? json : {};
  } catch {
    return {};
  }
}

/** Handles the bodies as one batch, and once more those that were to be tried again; gives the first that went wrong. */
export async function wrongIn(
  handle: Handle,
  bodies: readonly string[],
  random: Random,
  tally: BodyTally,
): Promise<WrongBody | null> {
  const store = memoryStore();
  const stripe = stripeFor(bodies, random);
  const messages = bodies.map((body) => messageOf(body));
  const first = await tried(handle, messages, testPorts({ store, ...(stripe && { stripe }) }), tally);
  if ("wrong" in first) return first;
  const again = messages.filter((_, index) => first.results[index]?.kind !== "settled");
  const second = await tried(handle, again, testPorts({ store }), tally);
  if ("wrong" in second) return second;
  const open = again.find((_, index) => second.results[index]?.kind !== "settled");
  return open ? { body: open.body, wrong: "it has no outcome though nothing is in its way" } : null;
}

async function tried(
  handle: Handle,
  messages: Message[],
  ports: TestPorts,
  tally: BodyTally,
): Promise<{ results: Result[] } | WrongBody> {
  try {
    const results = await handle(messages, ports, TEST_OPTIONS);
    for (const [index, message] of messages.entries()) {
      const wrong = wrongResult(message, results[index], ports);
      if (wrong !== null) return { body: message.body, wrong };
      count(tally, results[index] as Result);
    }
    return { results };
  } catch (error) {
    return { body: messages.map(({ body }) => body).join("\n"), wrong: `the batch throws ${String(error)}` };
  }
}

function count({ ended }: BodyTally, result: Result): void {
  if (result.kind !== "settled") return;
  ended[result.outcome] = (ended[result.outcome] ?? 0) + 1;
}

function wrongResult(message: Message, result: Result | undefined, ports: TestPorts): string | null {
  if (result?.message.id !== message.id) return "it has no result";
  if (result.kind !== "settled")
    return ports.stripe ? null : "it is tried again though nothing is in its way";
  if (result.reason === "defect") return `our code throws on it: ${result.error?.message}`;
  if (result.outcome === "parked") return wrongParking(message, result.reason, ports);
  if (!isEvent(message.body)) return `it is ${result.outcome}, and is no event`;
  const isKept = entriesOf(ports.memory.items()).some(
    ({ event, outcome }) => event === result.event?.id && outcome,
  );
  return isKept ? null : `it is ${result.outcome}, and the ledger does not say so`;
}

function wrongParking({ id }: Message, reason: string, { parked }: TestPorts): string | null {
  const sent = parked.filter(({ message }) => message.id === id).map(({ note }) => note.reason);
  return sent.length === 1 && sent[0] === reason ? null : `it is parked ${sent.length} times`;
}

/** In test mode, and by the plainest reading of it. */
function isEvent(body: string): boolean {
  const json = asObject(body) as Record<string, unknown>;
  const event = "object" in json || typeof json.detail !== "object" ? json : { ...json.detail };
  const { object, id, type, livemode, account, context } = event as Record<string, unknown>;
  const isOurs = livemode === false || livemode === "false" || Boolean(account ?? context);
  const isKnown = object === "event" || object === "v2.core.event";
  return isKnown && isOurs && typeof id === "string" && id !== "" && typeof type === "string" && type !== "";
}
