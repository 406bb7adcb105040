// What subscribers do on a billing day: sign up, change their minds, lose a card and get another.
import { lastCharge, refundPart } from "./after-sales.ts";
import { collect } from "./billing.ts";
import { DAY, HOUR } from "./calendar.ts";
import { setCard } from "./customers.ts";
import { openPortal } from "./portal.ts";
import { changeItem } from "./proration.ts";
import type { Subscription } from "./records.ts";
import { find, type Sandbox, schedule } from "./sandbox.ts";
import { cancelSchedule, createSchedule, releaseSchedule, updateSchedule } from "./schedules.ts";
import { newcomer, type Shop, someone, subscribe, withinHours } from "./shop.ts";
import {
  cancelAtPeriodEnd,
  cancelSubscription,
  keepSubscription,
  pauseCollection,
  resumeCollection,
  resumeSubscription,
  updateSubscription,
} from "./subscriptions.ts";

export function somethingActive(sandbox: Sandbox, { subscriptions }: Shop): Subscription | undefined {
  if (subscriptions.length === 0) return undefined;
  const subscription = find(sandbox, "subscription", sandbox.random.pick(subscriptions));
  const isFree = subscription.status === "active" && subscription.schedule === null;
  return isFree ? subscription : undefined;
}

export function signUp(sandbox: Sandbox, shop: Shop): void {
  const { random } = sandbox;
  const customer = newcomer(sandbox, shop);
  const trial = random.chance(0.3) ? 1 + random.integer(14) : undefined;
  subscribe(sandbox, shop, customer, random.chance(0.05) ? [shop.suite] : shop.monthly, trial);
}

/** Without a card the trial ends in a pause; half of those who tried it come back and pay. */
export function tryOut(sandbox: Sandbox, shop: Shop): void {
  const customer = newcomer(sandbox, shop, "missing");
  subscribe(sandbox, shop, customer, shop.monthly, 1);
  const id = shop.subscriptions.at(-1) ?? "";
  if (sandbox.random.chance(0.5)) return;
  schedule(sandbox, sandbox.now + DAY + withinHours(sandbox, 10), () => {
    if (find(sandbox, "subscription", id).status !== "paused") return;
    setCard(sandbox, customer, "accepted");
    resumeSubscription(sandbox, id);
  });
}

export function upgrade(sandbox: Sandbox, shop: Shop): void {
  const subscription = somethingActive(sandbox, shop);
  const current = subscription?.items[0]?.price.id ?? "";
  const dearer = shop.monthly[shop.monthly.indexOf(current) + 1];
  if (subscription === undefined || !shop.monthly.includes(current) || dearer === undefined) return;
  changeItem(sandbox, subscription.id, { price: dearer });
}

export function changeQuantity(sandbox: Sandbox, shop: Shop): void {
  const subscription = somethingActive(sandbox, shop);
  if (subscription === undefined) return;
  changeItem(sandbox, subscription.id, { quantity: 1 + sandbox.random.integer(6) });
}

export function planEnd(sandbox: Sandbox, shop: Shop): void {
  const subscription = somethingActive(sandbox, shop);
  if (subscription === undefined) return;
  signIn(sandbox, subscription);
  if (subscription.cancelAt === null) cancelAtPeriodEnd(sandbox, subscription.id);
  else keepSubscription(sandbox, subscription.id);
}

export function cancel(sandbox: Sandbox, shop: Shop): void {
  const subscription = somethingActive(sandbox, shop);
  if (subscription === undefined) return;
  signIn(sandbox, subscription);
  cancelSubscription(sandbox, subscription.id);
}

function signIn(sandbox: Sandbox, { customer }: Subscription): void {
  if (sandbox.options.portal) openPortal(sandbox, customer);
}

export function noteOnSubscription(sandbox: Sandbox, shop: Shop): void {
  const subscription = somethingActive(sandbox, shop);
  if (subscription === undefined) return;
  updateSubscription(sandbox, subscription.id, { metadata: { seats: sandbox.random.id(4) } });
}

export function pauseForAWhile(sandbox: Sandbox, shop: Shop): void {
  const subscription = somethingActive(sandbox, shop);
  if (subscription === undefined || subscription.collectionPaused) return;
  pauseCollection(sandbox, subscription.id);
  schedule(sandbox, sandbox.now + 6 * HOUR, () => {
    const { id, status } = find(sandbox, "subscription", subscription.id);
    if (status === "active") resumeCollection(sandbox, id);
  });
}

/** The bank declines from now on; the customer may notice, and pays what is owed with another card. */
export function loseCard(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer === undefined || customer.declines) return;
  setCard(sandbox, customer.id, "declined");
  if (sandbox.random.chance(0.3)) return;
  schedule(sandbox, sandbox.now + withinHours(sandbox, 20), () => renewCard(sandbox, shop, customer.id));
}

function renewCard(sandbox: Sandbox, { subscriptions }: Shop, id: string): void {
  if (find(sandbox, "customer", id).deleted) return;
  setCard(sandbox, id, "accepted");
  const behind = subscriptions
    .map((subscription) => find(sandbox, "subscription", subscription))
    .find(({ customer, status }) => customer === id && status === "past_due");
  const owed = behind?.latestInvoice ? find(sandbox, "invoice", behind.latestInvoice) : undefined;
  if (owed?.status === "open") collect(sandbox, owed);
}

export function refundInvoice(sandbox: Sandbox, shop: Shop): void {
  const { latestInvoice } = somethingActive(sandbox, shop) ?? { latestInvoice: null };
  if (latestInvoice === null) return;
  const { paymentIntent } = find(sandbox, "invoice", latestInvoice);
  const charge = paymentIntent === null ? null : lastCharge(sandbox, paymentIntent);
  refundPart(sandbox, charge, sandbox.random.pick([1, 2]));
}

/** Another plan from the next period on; some think better of it, and some mean to leave after it. */
export function planAhead(sandbox: Sandbox, shop: Shop): void {
  const { random } = sandbox;
  const subscription = somethingActive(sandbox, shop);
  if (subscription === undefined || subscription.cancelAt !== null) return;
  const isMonthly = subscription.items[0]?.price.interval === "month";
  const next = {
    price: random.pick(isMonthly ? shop.monthly : shop.weekly),
    quantity: 1 + random.integer(4),
  };
  const endBehavior = random.chance(0.2) ? "cancel" : "release";
  const { id } = createSchedule(sandbox, { subscription: subscription.id, next, endBehavior });
  if (random.chance(0.4)) return;
  const thinkBetter = random.pick([releaseSchedule, cancelSchedule, updateSchedule]);
  schedule(sandbox, sandbox.now + withinHours(sandbox, 30), () => {
    if (find(sandbox, "subscription_schedule", id).status !== "active") return;
    thinkBetter(sandbox, id, { ...next, quantity: next.quantity + 1 });
  });
}
