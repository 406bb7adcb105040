// What a payment keeps of the tries, refunds, disputes, orders and invoices of one intent, however many there are. What
// money came and went stays exact: only tries that brought nothing are dropped, and shares are folded into their sum.
import { byIdDown, type Folding, firstOf, folded, unfolded } from "./bounds.ts";
import { type Evidence, merge } from "./evidence.ts";
import { canonical } from "./json.ts";
import type { Contents, Joined } from "./noun.ts";
import type { Part } from "./part.ts";
import { byCreation, type DisputeShare } from "./payment-money.ts";
import type { Charge, PaymentPart } from "./payment-parts.ts";
import type { RefundShare } from "./payment-refunds.ts";

/** Of charges that brought nothing the newest: so many as fit, ten whatever they weigh. */
const MOST_TRIES = 50;
const SURE_TRIES = 10;
const MOST_CHARACTERS = 50_000;

const MOST_INVOICES = 100;
/** One intent is of one order; each takes an action of the payment's transaction. */
const MOST_ORDERS = 20;

/** The lists of which not all is kept. */
export type Cut = "charges" | "invoices" | "orders";

const CUTS: readonly Cut[] = ["charges", "invoices", "orders"];

const REFUNDS: Folding = {
  noun: "refund",
  most: 100,
  shareOf(state) {
    const { status, charge, currency, amount, failedAt } = state as RefundShare;
    return { status, charge, currency, amount, ...(failedAt === undefined ? {} : { failedAt }) };
  },
};

const DISPUTES: Folding = {
  noun: "dispute",
  most: 50,
  shareOf(state) {
    const { status, currency, amount, taken = amount, doubt } = state as DisputeShare;
    return { status, currency, charge: null, ...(doubt ? { doubt } : {}), amount: taken };
  },
};

export function boundPayment(contents: Contents): Contents {
  const { parts, joined } = contents;
  const kept = Object.keys(parts).length <= SURE_TRIES ? parts : boundParts(parts);
  const shares = folded(folded(joined, REFUNDS), DISPUTES);
  const bound = firstOf(shares, ({ noun }) => noun === "order", MOST_ORDERS, byIdDown);
  const isWhole = kept === parts && bound.length === shares.length;
  const evidence = isWhole ? contents.evidence : evidenceOfCut(contents, kept, bound.length < shares.length);
  return { parts: kept, joined: bound.length === shares.length ? shares : bound, evidence };
}

/** The contributions without one that was folded. */
export function unfoldPayment(joined: Joined[], gone: Joined): Joined[] {
  return unfolded(unfolded(joined, gone, REFUNDS), gone, DISPUTES);
}

export function cutsIn({ greatest = {} }: Evidence): Cut[] {
  return CUTS.filter((name) => greatest[`cut ${name}`]);
}

/** When the first charge was created, also where it is no longer kept. */
export function firstTryOf(charges: readonly Charge[], { least }: Evidence): number | undefined {
  const known = [charges.toSorted(byCreation)[0]?.created, least?.tried].filter(
    (at) => typeof at === "number",
  );
  return known.length === 0 ? undefined : Math.min(...known);
}

type Entry = { id: string; part: Part; state: PaymentPart };

function boundParts(parts: Record<string, Part>): Record<string, Part> {
  const entries = Object.entries(parts).map(([id, part]) => ({ id, part, state: part.state as PaymentPart }));
  const spent = entries.filter(({ state }) => isSpent(state));
  const tries = new Set(newestThatFit(spent.toSorted(byAge)));
  const some = entries.filter((entry) => !isSpent(entry.state) || tries.has(entry));
  const kept = firstOf(some, ({ state }) => state.object === "invoice_payment", MOST_INVOICES, byIdDown);
  if (kept.length === entries.length) return parts;
  return Object.fromEntries(kept.map(({ id, part }) => [id, part]));
}

/** A charge by which no money came, and none will: what is held or pending may yet be captured. */
function isSpent(state: PaymentPart): boolean {
  return (
    state.object === "charge" && (state.status === "failed" || state.status === "canceled") && !state.captured
  );
}

/** The newest first: when a charge was created is the same in all its events. */
function byAge(one: Entry, other: Entry): number {
  return createdOf(other) - createdOf(one) || byIdDown(one, other);
}

function createdOf({ state }: Entry): number {
  return (state.object === "charge" && state.created) || 0;
}

/** What does not fit ends the list, so that what comes in between drops no other than it would have at once. */
function newestThatFit(newest: Entry[]): Entry[] {
  let left = MOST_CHARACTERS;
  const end = newest.findIndex(({ part }, index) => {
    left -= charactersOf(part);
    return index >= MOST_TRIES || (index >= SURE_TRIES && left < 0);
  });
  return end < 0 ? newest : newest.slice(0, end);
}

function charactersOf({ remembered }: Part): number {
  const states = new Set(remembered.map(({ state }) => state));
  return states.values().reduce((sum, state) => sum + canonical(state).length, 0);
}

/** Says what is cut, and since when the payment was tried; what is dropped leaves no other evidence. */
function evidenceOfCut(
  { parts, evidence }: Contents,
  kept: Record<string, Part>,
  isCutOfOrders: boolean,
): Evidence {
  const dropped = Object.entries(parts).filter(([id]) => !Object.hasOwn(kept, id));
  const states = dropped.map(([, { state }]) => state as PaymentPart);
  const charges = states.filter((state) => state.object === "charge");
  const created = charges.flatMap((charge) => charge.created ?? []);
  const cut = {
    ...(charges.length > 0 ? { "cut charges": 1 } : {}),
    ...(states.length > charges.length ? { "cut invoices": 1 } : {}),
    ...(isCutOfOrders ? { "cut orders": 1 } : {}),
  };
  const ids = new Set(dropped.map(([id]) => id));
  return merge(withoutCharges(evidence, ids), {
    greatest: cut,
    ...(created.length > 0 ? { least: { tried: Math.min(...created) } } : {}),
  });
}

/** Evidence of a charge has its id behind a word. */
function withoutCharges({ greatest, latest, ...rest }: Evidence, ids: ReadonlySet<string>): Evidence {
  const others = <T>(named: Readonly<Record<string, T>>): Record<string, T> =>
    Object.fromEntries(Object.entries(named).filter(([name]) => !ids.has(name.slice(name.indexOf(" ") + 1))));
  return {
    ...rest,
    ...(greatest && { greatest: others(greatest) }),
    ...(latest && Object.keys(others(latest)).length > 0 && { latest: others(latest) }),
  };
}
