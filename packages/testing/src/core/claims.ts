// What rows claim, held against all that was ever true.
import { isViewOf, type RowView, type StockView, type View, type ViewOf } from "@stripe-lanes/core/view";
import { differenceOf } from "../stripe/compare.ts";
import type { TruthRow } from "../stripe/truth.ts";
import { type Ever, everWas, isGranted, isRefusedForCertain, most } from "./ever.ts";

/** A line for each claim of a row that was true at no moment. */
export function falseClaims(views: readonly View[], ever: Ever): string[] {
  return views.flatMap((view) => claimsOf(view, ever).map((claim) => `${view.noun} ${view.id} ${claim}`));
}

function claimsOf(view: View, ever: Ever): string[] {
  const standings = ever.standings(view.noun, view.id);
  if (view.noun === "stock") return stockClaims(view, ever);
  // A reference says who a customer is, and claims nothing of them.
  if (view.noun === "reference") return [];
  if (isViewOf("payment", view)) return paymentClaims(view, standings, ever);
  if (isViewOf("profile", view)) return profileClaims(view, standings, ever);
  if (isViewOf("setup", view)) return setupClaims(view, standings);
  if (isViewOf("customer-account", view)) return accountClaims(view, standings, ever);
  const claims = standingClaims(view, standings);
  if (isViewOf("order", view)) return [...claims, ...orderClaims(view, standings)];
  return isViewOf("subscription", view) ? [...claims, ...subscriptionClaims(view, ever)] : claims;
}

/** The lines of those that are not so. */
function failed(claims: Record<string, boolean>): string[] {
  return Object.keys(claims).filter((claim) => !claims[claim]);
}

/** What other objects decide as well as its own: the rest of the row stands as its own object once did. */
const APART: Partial<Record<RowView["noun"], string>> = { order: "status", subscription: "activated" };

/** A row of one object's own stands as that object once did. */
function standingClaims(view: RowView, standings: readonly TruthRow[]): string[] {
  const differences = standings.map((row) => differenceOf(view, withApart(row, view)));
  return differences.includes(null) ? [] : [differences.at(-1) ?? "was never there"];
}

function withApart(row: TruthRow, view: RowView): TruthRow {
  const apart = APART[view.noun];
  if (apart === undefined) return row;
  const state = { ...row.state, [apart]: (view.state as Record<string, unknown>)[apart] };
  return { ...row, status: apart === "status" ? view.status : row.status, state };
}

/** Who they are as a customer, others tell; that it is closed, its own event alone. */
function accountClaims(
  { status, state }: ViewOf<"customer-account">,
  standings: readonly TruthRow[],
  ever: Ever,
): string[] {
  const isCustomer = (id: string) => ever.standings("customer", id).length > 0 || isSubscriber(id, ever);
  return failed({
    [`is ${status}`]: status === null || everWas(standings, (row) => row.status === status),
    [`is the customers ${state.customers}`]: state.customers.every(isCustomer),
  });
}

function isSubscriber(customer: string, ever: Ever): boolean {
  return ever.all("subscription").some((rows) => everWas(rows, (row) => row.customer === customer));
}

/** The setup intent and its session tell of it, each without the other: what neither told is no claim. */
function setupClaims({ state }: ViewOf<"setup">, standings: readonly TruthRow[]): string[] {
  const { status, customer, paymentMethod } = state;
  const told = Object.entries({ status, customer, paymentMethod }).filter(([, value]) => value !== null);
  const wrong = told.filter(([name, value]) => !everWas(standings, (row) => row.state[name] === value));
  return wrong.map(([name, value]) => `has the ${name} ${value}`);
}

function orderClaims({ status }: ViewOf<"order">, standings: readonly TruthRow[]): string[] {
  return failed({ [`is ${status}`]: everWas(standings, (row) => row.status === status) });
}

function subscriptionClaims({ id, state }: ViewOf<"subscription">, ever: Ever): string[] {
  return failed({ "is activated": state.activated !== true || wasActivated(id, ever) });
}

/** It was active, and an invoice of its trial's end or later was paid. */
export function wasActivated(id: string, ever: Ever): boolean {
  const standings = ever.standings("subscription", id);
  const trialEnd = Math.min(...standings.map(({ state }) => Number(state.trialEnd ?? 0)));
  const isPaidFor = ({ status, state }: TruthRow) =>
    status === "paid" && state.subscription === id && Number(state.paidAt) >= trialEnd;
  const isPaid = ever.all("invoice").some((rows) => everWas(rows, isPaidFor));
  return isPaid && everWas(standings, ({ status }) => status === "active");
}

function paymentClaims({ state }: ViewOf<"payment">, standings: readonly TruthRow[], ever: Ever): string[] {
  const { status, paid, charges, refunded, disputed, orders } = state;
  return failed({
    [`is ${status}`]: isPaymentStatus(status, standings),
    [`has ${paid} paid`]: wasPaid(paid, charges.length > 0, standings),
    [`has ${refunded} refunded`]: refunded >= 0 && refunded <= most(standings, "refunded"),
    [`has ${disputed} disputed`]: disputed >= 0 && disputed <= everDisputed(standings),
    [`has orders ${JSON.stringify(orders)}`]: orders.every(({ id, status: told }) =>
      everWas(ever.standings("order", id), (row) => row.status === told),
    ),
  });
}

/** What only its invoices tell of is paid as far as those that are told. */
export function wasPaid(paid: number, isChargeKnown: boolean, standings: readonly TruthRow[]): boolean {
  if (paid === 0 || !isChargeKnown) return paid <= most(standings, "paid");
  return everWas(standings, ({ state }) => state.paid === paid);
}

/** All its disputes, of which less is withheld where a refund went before. */
function everDisputed(standings: readonly TruthRow[]): number {
  const disputes = (standings.at(-1)?.state.disputes ?? []) as { amount: number }[];
  return disputes.reduce((sum, { amount }) => sum + amount, 0);
}

/** The intent's, or where no event of it came, its charge's or what its invoice says: `paid`. */
function isPaymentStatus(status: string | null, standings: readonly TruthRow[]): boolean {
  if (status === null) return true;
  if (status === "paid") return most(standings, "paid") > 0;
  if (status === "succeeded" && most(standings, "paid") === 0) return false;
  return everWas(standings, (row) => {
    const charges = row.state.charges as { status: string }[];
    return row.status === status || charges.some((charge) => charge.status === status);
  });
}

function profileClaims(view: ViewOf<"profile">, standings: readonly TruthRow[], ever: Ever): string[] {
  const { subscriptions, features, deleted } = view.state;
  return failed({
    "is granted": !isGranted(view) || everWas(standings, isGranted),
    "is refused for certain": !isRefusedForCertain(view) || everWas(standings, (row) => !isGranted(row)),
    "is deleted": !deleted || everWas(standings, (row) => row.state.deleted === true),
    [`has the features ${features}`]: (features ?? []).every((feature) => wasEntitled(standings, feature)),
    [`subscribes ${JSON.stringify(subscriptions)}`]: subscriptions.every(({ id, status }) =>
      everWas(ever.standings("subscription", id), (row) => row.status === status),
    ),
  });
}

export function wasEntitled(standings: readonly TruthRow[], feature: string): boolean {
  return everWas(standings, ({ state }) => ((state.features ?? []) as string[]).includes(feature));
}

function stockClaims({ id, state }: StockView, ever: Ever): string[] {
  const { sold, reserved, capacity, oversold } = state;
  return failed({
    [`has sold ${sold}`]: sold >= 0 && sold <= everHeld(id, ever, ["paid"]),
    [`has reserved ${reserved}`]: reserved >= 0 && reserved <= everHeld(id, ever, ["open", "unpaid"]),
    [`has a capacity of ${capacity}`]: hadCapacity(id, ever, capacity),
    [`is oversold by ${oversold}`]: oversold <= Math.max(0, everHeld(id, ever, ["paid"]) - (capacity ?? 0)),
  });
}

export function hadCapacity(price: string, ever: Ever, capacity: number | null): boolean {
  return (
    capacity === null || everWas(ever.standings("stock", price), (row) => row.state.capacity === capacity)
  );
}

/** What all orders come to that ever had one of these statuses: what came back, only its events tell. */
export function everHeld(price: string, ever: Ever, statuses: readonly string[]): number {
  const orders = ever
    .all("order")
    .filter((rows) => everWas(rows, ({ status }) => statuses.includes(`${status}`)));
  const lines = orders.flatMap((rows) => rows.at(-1)?.state.lines as { price: string; quantity: number }[]);
  return lines.reduce((sum, line) => sum + (line.price === price ? line.quantity : 0), 0);
}
