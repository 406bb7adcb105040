// What must hold in every history, watched at each commit and at the end. A violation is a sentence.
import { facts } from "@stripe-lanes/core/facts";
import { keyText } from "@stripe-lanes/core/keys";
import { isFinal, type LedgerEntry, type Outcome } from "@stripe-lanes/core/ledger";
import type { Part } from "@stripe-lanes/core/part";
import type { Row } from "@stripe-lanes/core/row";
import { isSecretText } from "@stripe-lanes/core/secret-members";
import type { Changes } from "@stripe-lanes/core/store";

/** The seven of docs/reliability.md. */
export type Invariant =
  | "nothing is lost"
  | "nothing counts twice"
  | "the rows are the truth"
  | "a tombstone stays"
  | "no innocent is parked"
  | "nobody waits for a bad customer"
  | "no version goes back";

export type Violation = { invariant: Invariant; what: string };

export type Checks = {
  violations: Violation[];
  violated(invariant: Invariant, what: string): void;
  /** Told of every commit, with the rows as they stood before it. */
  committed(changes: Changes, before: ReadonlyMap<string, Row>, now: number): void;
  /** How each event ended, by its id: as the ledger said last. */
  ends: Map<string, Outcome>;
  /** What facts told as given back of each payment, in minor units. */
  refunded: Map<string, number>;
};

/** A history that goes wrong goes wrong often: more of one invariant than these say nothing new. */
const MOST_TOLD = 5;

export function checks(): Checks {
  const violations: Violation[] = [];
  const ends = new Map<string, Outcome>();
  const refunded = new Map<string, number>();
  const entries = new Map<string, LedgerEntry>();
  const violated = (invariant: Invariant, what: string) => {
    const known = violations.filter((violation) => violation.invariant === invariant);
    if (known.length < MOST_TOLD) violations.push({ invariant, what });
  };
  return {
    violations,
    violated,
    ends,
    refunded,
    committed({ rows, ledger }, before, now) {
      for (const row of rows) {
        const was = before.get(keyText(row.key));
        if (was) for (const wrong of wentBack(was, row)) violated(...wrong);
        for (const member of secretsIn(row)) {
          violated(
            "the rows are the truth",
            `${row.identity.noun} ${row.identity.id} keeps a secret as ${member}`,
          );
        }
        for (const fact of facts(was, row, { at: now })) count(refunded, fact);
      }
      for (const entry of ledger) {
        const known = entries.get(keyText(entry.key));
        if (isFinal(known, now)) {
          violated(
            "nothing counts twice",
            `${entry.event} was ${known?.outcome} and became ${entry.outcome}`,
          );
        }
        entries.set(keyText(entry.key), entry);
        if (entry.outcome) ends.set(entry.event, entry.outcome);
      }
    },
  };
}

function count(refunded: Map<string, number>, fact: ReturnType<typeof facts>[number]): void {
  if (fact.name !== "payment.refunded" && fact.name !== "payment.refund_failed") return;
  const sign = fact.name === "payment.refunded" ? 1 : -1;
  refunded.set(fact.id, (refunded.get(fact.id) ?? 0) + sign * (fact.detail.amount ?? 0));
}

/** Of an open invoice the page is kept, and shown to whoever pays it. */
const SHOWN = "hostedInvoiceUrl";

/** The members by which somebody could pay or sign in as the customer (D28). */
function secretsIn({ parts }: Row): string[] {
  const found: string[] = [];
  const states = Object.values(parts).flatMap(({ remembered }) => remembered.map(({ state }) => state));
  JSON.stringify(states, (name, value: unknown) => {
    if (typeof value === "string" && name !== SHOWN && isSecretText(value)) found.push(name);
    return value;
  });
  return found;
}

/** The nouns whose ids can be given out again once they are free; among the generic ones that is the plan. */
const BORN_AGAIN: readonly string[] = ["coupon", "generic", "price", "product", "promotion-code"];

function wentBack(was: Row, row: Row): [Invariant, string][] {
  const name = `${row.identity.noun} ${row.identity.id}`;
  const wrong: [Invariant, string][] = [];
  if (row.revision !== was.revision + 1) {
    wrong.push(["no version goes back", `${name} went from revision ${was.revision} to ${row.revision}`]);
  }
  if (was.deleted && !row.deleted && !BORN_AGAIN.includes(row.identity.noun)) {
    wrong.push(["a tombstone stays", `${name} came back from the dead`]);
  }
  for (const [id, part] of Object.entries(was.parts)) {
    const now = row.parts[id];
    if (now === undefined) wrong.push(["nothing is lost", `${name} forgot its part ${id}`]);
    else if (isBefore(now, part)) wrong.push(["no version goes back", `${name}, part ${id}, went back`]);
  }
  return wrong;
}

const FINALITIES: readonly Part["finality"][] = ["open", "terminal", "tombstone"];

/** What a part's version is made of, what weighs most first (D4). */
function isBefore(one: Part, other: Part): boolean {
  const versionOf = ({ finality, second, rank }: Part) => [FINALITIES.indexOf(finality), second, rank];
  const [version, otherVersion] = [versionOf(one), versionOf(other)];
  const differing = version.findIndex((number, place) => number !== otherVersion[place]);
  return differing >= 0 && (version[differing] as number) < (otherVersion[differing] as number);
}
