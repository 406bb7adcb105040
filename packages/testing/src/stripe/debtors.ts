// What happens on a billing day to who cannot pay at once: bad cards, banks that ask, and debts that stay.
import { collectAuthenticated } from "./billing.ts";
import { setCard } from "./customers.ts";
import { finalizeInvoice } from "./invoices.ts";
import { payTogether } from "./joint-payment.ts";
import { createInvoice } from "./manual-invoices.ts";
import { changeItem } from "./proration.ts";
import type { Subscription } from "./records.ts";
import { find, type Sandbox } from "./sandbox.ts";
import { later, newcomer, type Shop, someone, subscribe } from "./shop.ts";
import { somethingActive } from "./subscribers.ts";
import { subscriptionsOf } from "./subscriptions.ts";

/** A trial that ends in an invoice which the card does not pay. */
export function tryWithBadCard(sandbox: Sandbox, shop: Shop): void {
  subscribe(sandbox, shop, newcomer(sandbox, shop, "declined"), shop.monthly, 1);
}

/** The bank wants to be asked from now on; most customers do what it wants. */
export function needAuthentication(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer === undefined || customer.paymentMethod === null) return;
  setCard(sandbox, customer.id, "challenged");
  if (sandbox.random.chance(0.2)) return;
  later(sandbox, 20, () => authenticateOwed(sandbox, customer.id));
}

function authenticateOwed(sandbox: Sandbox, customer: string): void {
  const waiting = subscriptionsOf(sandbox, customer)
    .flatMap(({ latestInvoice }) => (latestInvoice === null ? [] : [find(sandbox, "invoice", latestInvoice)]))
    .find(({ status, paymentIntent }) => status === "open" && isWaiting(sandbox, paymentIntent));
  if (waiting !== undefined) collectAuthenticated(sandbox, waiting);
}

function isWaiting(sandbox: Sandbox, intent: string | null): boolean {
  return intent !== null && find(sandbox, "payment_intent", intent).status === "requires_action";
}

/** What more of it costs is not paid; still more is, with another card; and the next is not again. */
export function leaveDebt(sandbox: Sandbox, shop: Shop): void {
  const subscription = somethingActive(sandbox, shop);
  if (subscription === undefined) return;
  buyMore(sandbox, subscription, "declined");
  later(sandbox, 4, () => {
    buyMore(sandbox, subscription, "accepted");
    if (sandbox.random.chance(0.6)) later(sandbox, 8, () => buyMore(sandbox, subscription, "declined"));
  });
}

function buyMore(sandbox: Sandbox, { id, customer }: Subscription, card: "accepted" | "declined"): void {
  const { status, schedule, items } = find(sandbox, "subscription", id);
  const isOver = find(sandbox, "customer", customer).deleted || schedule !== null;
  if (isOver || (status !== "active" && status !== "past_due")) return;
  setCard(sandbox, customer, card);
  changeItem(sandbox, id, { quantity: (items[0]?.quantity ?? 0) + 1 });
}

/** Two invoices that one payment pays. */
export function payTwoAtOnce(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer === undefined || customer.declines) return;
  const invoices = [1, 2].map((quantity) => {
    const lines = [{ price: shop.tickets[0] as string, quantity }];
    return finalizeInvoice(sandbox, createInvoice(sandbox, { customer: customer.id, lines })).id;
  });
  later(sandbox, 5, () => payTogether(sandbox, invoices));
}
