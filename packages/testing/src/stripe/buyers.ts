// What buyers do on a billing day: order tickets, and pay at once, later or never.
import { collect } from "./billing.ts";
import { noteOnCharge } from "./charges.ts";
import {
  completeCheckout,
  createCheckout,
  expireCheckout,
  type NewCheckout,
  payFailedCheckout,
  settleCheckout,
} from "./checkout.ts";
import { markUncollectible, voidInvoice } from "./collection.ts";
import { finishHold } from "./holders.ts";
import { finalizeInvoice } from "./invoices.ts";
import { createInvoice } from "./manual-invoices.ts";
import type { Charge } from "./money.ts";
import { cancelPayment, confirmPayment, createPayment } from "./payments.ts";
import type { OrderLine } from "./records.ts";
import { find, type Sandbox, schedule } from "./sandbox.ts";
import { later, type Shop, someone, withinHours } from "./shop.ts";

export function order(sandbox: Sandbox, shop: Shop): void {
  const { random } = sandbox;
  const customer = random.chance(0.8) ? someone(sandbox, shop) : undefined;
  const buyer = customer === undefined ? guest(sandbox) : { customer: customer.id };
  const { id } = createCheckout(sandbox, { ...buyer, lines: basket(sandbox, shop) });
  shop.orders.push(id);
  finishLater(sandbox, id);
}

/** Every other guest becomes a customer with the order. */
function guest({ random }: Sandbox): Omit<NewCheckout, "lines"> {
  const customerCreation = random.chance(0.5) ? "always" : "if_required";
  return { email: `${random.id(9)}@example.com`, customerCreation };
}

/** One line mostly, and of the popular prices mostly. */
function basket({ random }: Sandbox, { tickets }: Shop): OrderLine[] {
  const lines = random.chance(0.75) ? 1 : 2 + random.integer(2);
  const popular = [...tickets, ...tickets.slice(0, 2), ...tickets.slice(0, 2)];
  const prices = new Set(Array.from({ length: lines }, () => random.pick(popular)));
  return [...prices].map((price) => ({ price, quantity: 1 + random.integer(4) }));
}

/** How an order ends within the hour, with the share of orders up to there; the rest leave the page open. */
const ENDINGS: readonly (readonly [number, (sandbox: Sandbox, id: string) => void])[] = [
  [0.65, completeCheckout],
  [0.83, payByDebit],
  [0.95, expireCheckout],
];

function finishLater(sandbox: Sandbox, id: string): void {
  const chance = sandbox.random.next();
  const ending = ENDINGS.find(([share]) => chance < share)?.[1];
  schedule(sandbox, sandbox.now + withinHours(sandbox, 1), () => {
    if (find(sandbox, "checkout.session", id).status === "open") ending?.(sandbox, id);
  });
}

function payByDebit(sandbox: Sandbox, id: string): void {
  const { paymentStatus } = completeCheckout(sandbox, id, "later");
  if (paymentStatus !== "unpaid" || sandbox.random.chance(0.1)) return;
  const outcome = sandbox.random.chance(0.75) ? "succeeds" : "fails";
  const paysAfterAll = sandbox.random.chance(0.4);
  later(sandbox, 30, () => {
    settleCheckout(sandbox, id, outcome);
    if (outcome === "fails" && paysAfterAll) later(sandbox, 5, () => payFailedCheckout(sandbox, id));
  });
}

export function payOnce(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  const { id } = createPayment(sandbox, {
    customer: customer.id,
    amount: 500 + sandbox.random.integer(5000),
    authentication: sandbox.random.chance(0.3),
    capture: sandbox.random.chance(0.3) ? "manual" : "automatic",
  });
  if (find(sandbox, "payment_intent", id).status !== "succeeded") later(sandbox, 8, () => goOn(sandbox, id));
}

/** The next step of a payment that is not done, until it is done or given up. */
function goOn(sandbox: Sandbox, id: string): void {
  const intent = find(sandbox, "payment_intent", id);
  const { status, charges } = intent;
  if (status === "succeeded") noteOnFailed(sandbox, charges);
  if (status === "succeeded" || status === "canceled") return;
  if (status !== "requires_capture" && sandbox.random.chance(0.2)) cancelPayment(sandbox, id);
  else if (intent.status === "requires_capture") finishHold(sandbox, intent);
  else confirmPayment(sandbox, id);
  later(sandbox, 8, () => goOn(sandbox, id));
}

/** Long after a try failed and another went through, the charge of the first may change. */
function noteOnFailed(sandbox: Sandbox, charges: readonly Charge[]): void {
  const failed = charges.find(({ status }) => status === "failed");
  if (failed !== undefined) noteOnCharge(sandbox, failed.id, { note: sandbox.random.id(5) });
}

export function invoiceByHand(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  const lines = [{ price: shop.tickets[0] as string, quantity: 1 + sandbox.random.integer(20) }];
  const open = finalizeInvoice(sandbox, createInvoice(sandbox, { customer: customer.id, lines }));
  const chance = sandbox.random.next();
  schedule(sandbox, sandbox.now + withinHours(sandbox, 5), () => {
    if (chance < 0.7) collect(sandbox, open);
    else if (chance < 0.9) voidInvoice(sandbox, open.id);
    else markUncollectible(sandbox, open.id);
  });
}
