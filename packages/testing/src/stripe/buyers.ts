// What buyers do on a billing day: order tickets, pay at once, later or never, and get money back.
import { collect } from "./billing.ts";
import { completeCheckout, createCheckout, expireCheckout, settleCheckout } from "./checkout.ts";
import { markUncollectible, voidInvoice } from "./collection.ts";
import { createInvoice, finalizeInvoice } from "./invoices.ts";
import { createPayment } from "./payments.ts";
import type { OrderLine } from "./records.ts";
import { createRefund } from "./refunds.ts";
import { find, type Sandbox, schedule } from "./sandbox.ts";
import { type Shop, someone, withinHours } from "./shop.ts";

export function order(sandbox: Sandbox, shop: Shop): void {
  const { random } = sandbox;
  const customer = random.chance(0.8) ? someone(sandbox, shop) : undefined;
  const buyer = customer === undefined ? { email: `${random.id(9)}@example.com` } : { customer: customer.id };
  const { id } = createCheckout(sandbox, { ...buyer, lines: basket(sandbox, shop) });
  shop.orders.push(id);
  finishLater(sandbox, id);
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
  schedule(sandbox, sandbox.now + withinHours(sandbox, 30), () => void settleCheckout(sandbox, id, outcome));
}

export function payOnce(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  createPayment(sandbox, { customer: customer.id, amount: 500 + sandbox.random.integer(5000) });
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

/** Part of the price only: the tickets stay sold. */
export function refundOrder(sandbox: Sandbox, { orders }: Shop): void {
  if (orders.length === 0) return;
  const { paymentIntent } = find(sandbox, "checkout.session", sandbox.random.pick(orders));
  refundPart(sandbox, paymentIntent, 3);
}

/** A half, a third, or all of a payment, as long as so much of it is left. */
export function refundPart(sandbox: Sandbox, paymentIntent: string | null, share: number): void {
  if (paymentIntent === null) return;
  const charge = find(sandbox, "payment_intent", paymentIntent).charges.at(-1);
  if (charge?.status !== "succeeded" || charge.refunds.length > 1) return;
  const amount = Math.floor(charge.amount / share);
  if (amount <= charge.amount - charge.amountRefunded) createRefund(sandbox, { of: charge.id, amount });
}
