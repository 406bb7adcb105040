// One line for each event that arrives while a run stays up: its id, its type, and what became of it.
import type { Dropped } from "@stripe-lanes/testing/local/eventbridge/state";
import type { OutcomeLine } from "@stripe-lanes/testing/local/outcomes";
import type { Reply } from "./reply.ts";

export type Arrivals = {
  /** Lines are printed from now on. */
  show(): void;
  onOutcome(line: OutcomeLine): void;
  /** Told the body that the queue knows already. */
  onSwallowed(body: string): void;
  /** Told what EventBridge drops without a word: it matched no rule. */
  onDropped(dropped: Dropped): void;
  onRefused(reply: Reply): void;
};

type Arrival = { id: unknown; type: unknown; outcome: string; reason?: string | undefined };

const LONGEST = 80;

export function arrivals(say: (line: string) => void): Arrivals {
  let isShown = false;
  const tell = (line: string) => {
    if (isShown) say(line);
  };
  return {
    show() {
      isShown = true;
    },
    onOutcome: ({ eventId: id, eventType: type, outcome, reason }) =>
      tell(lineOf({ id, type, outcome, reason: outcome === "applied" ? undefined : reason })),
    onSwallowed: (body) =>
      tell(lineOf({ ...identityOf(body), outcome: "duplicate", reason: "swallowed by the queue" })),
    onDropped: ({ event, why }) =>
      tell(lineOf({ id: event.detail.id, type: event["detail-type"], outcome: "lost", reason: why })),
    onRefused: ({ status, body }) => tell(`refused with ${status}: ${printable(String(body))}`),
  };
}

/** A rule may have made a body that is no JSON. */
function identityOf(body: string): Pick<Arrival, "id" | "type"> {
  try {
    const { id, type } = JSON.parse(body) as Pick<Arrival, "id" | "type">;
    return { id, type };
  } catch {
    return { id: undefined, type: undefined };
  }
}

function lineOf({ id, type, outcome, reason }: Arrival): string {
  const words = [textOf(id, "(no id)").padEnd(28), textOf(type, "(no type)").padEnd(34), outcome.padEnd(10)];
  return `${words.join("  ")}  ${printable(reason ?? "")}`.trimEnd();
}

function textOf(value: unknown, otherwise: string): string {
  return typeof value === "string" && value !== "" ? printable(value) : otherwise;
}

/** What is posted may hold what a terminal takes for a command. */
function printable(text: string): string {
  return text
    .trim()
    .replaceAll(/[^\x20-\x7e]/g, "?")
    .slice(0, LONGEST);
}
