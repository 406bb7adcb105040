// What a history has come to: checked against the truth, and counted.
import { createHash } from "node:crypto";
import type { Outcome } from "@stripe-lanes/core/ledger";
import { shownIn, type View } from "@stripe-lanes/core/view";
import { expectAllJoined } from "../core/joined.ts";
import { compare } from "../stripe/compare.ts";
import type { Checks, Violation } from "./checks.ts";
import type { FaultName } from "./faults.ts";
import type { Plan } from "./plan.ts";
import type { Scene } from "./scene.ts";
import { thinIdOf } from "./thin.ts";

export type History = {
  plan: Plan;
  struck: Map<FaultName, number>;
  violations: Violation[];
  /** Events by how they ended. */
  ended: Record<Outcome | "lost", number>;
  /** That Stripe made. */
  events: number;
  /** Deliveries that changed nothing, as their event had been seen before; the queue swallowed some of them. */
  duplicates: number;
  /** Messages that could never be handled, each parked. */
  hopeless: number;
  batches: number;
  /** From the first event to the end, in days of the virtual clock. */
  days: number;
  /** Milliseconds from the last fault until nothing was on its way any more. */
  drainedIn: number;
  /** The longest that an innocent waited, where only its neighbours failed; in milliseconds. */
  longestWait: number;
};

/** Everything that must hold once the world is quiet. */
export function checkEnd({ world, source, table, checks: watching }: Scene): void {
  const { memory } = table;
  for (const { id, type } of source.events) {
    const end = endOf(watching, id);
    if (end === undefined) watching.violated("nothing is lost", `${id} (${type}) has no outcome`);
    if (end === "parked") watching.violated("no innocent is parked", `${id} (${type}) is still parked`);
  }
  const views = shownIn(memory.items());
  const { told } = compare(views, source.truth());
  for (const line of told) watching.violated("the rows are the truth", line);
  for (const line of untold(views, watching)) watching.violated("nothing counts twice", line);
  try {
    expectAllJoined(memory);
  } catch (error) {
    watching.violated("nothing counts twice", (error as Error).message);
  }
  world.tell(`checked ${digestOf(memory.items())}`);
}

/** So that the lines of two runs differ where their tables do. */
function digestOf(items: object[]): string {
  return createHash("sha256").update(JSON.stringify(items)).digest("hex");
}

/** What was given back must have been told as facts, once. */
function untold(views: View[], { refunded }: Checks): string[] {
  return views.flatMap((view) => {
    if (view.noun !== "payment") return [];
    const told = refunded.get(view.id) ?? 0;
    const { refunded: is } = view.state;
    return told === is ? [] : [`the facts of payment ${view.id} tell of ${told} refunded, and it is ${is}`];
  });
}

/** What became of an event, or of the thin one that Stripe sent in its place. */
function endOf({ ends }: Checks, id: string): Outcome | undefined {
  return ends.get(id) ?? ends.get(thinIdOf(id));
}

/** What became of everything. */
export function ended({ world, source, cloud, inputs, neighbours, checks: watching, counts }: Scene) {
  const { plan, chance } = world;
  const ends = source.events.map(({ id }) => endOf(watching, id) ?? "lost");
  const count = (end: string) => ends.filter((one) => one === end).length;
  return {
    plan,
    struck: chance.struck,
    violations: watching.violations,
    ended: {
      applied: count("applied"),
      superseded: count("superseded"),
      duplicate: count("duplicate"),
      ignored: count("ignored"),
      parked: count("parked"),
      lost: count("lost"),
    },
    events: source.events.length,
    duplicates: counts.duplicates + cloud.swallowed(),
    hopeless: inputs.hopeless(),
    batches: counts.batches,
    longestWait: neighbours.longestWait(),
  };
}
