// A shop with its customers as they were before the first event: what it sells, and who subscribes to it.
import { DAY, HOUR, MINUTE } from "./calendar.ts";
import { createPrice, createProduct } from "./catalog.ts";
import { createCustomer } from "./customers.ts";
import type { Customer, Interval } from "./records.ts";
import { advance, find, requested, type Sandbox } from "./sandbox.ts";
import { createSubscription } from "./subscriptions.ts";

export type Shop = {
  products: string[];
  /** Prices of subscriptions, dearest last. */
  monthly: string[];
  weekly: string[];
  /** Prices of what is ordered; the first ones are popular. */
  tickets: string[];
  customers: string[];
  subscriptions: string[];
  orders: string[];
};

/** How long before the first event the oldest customers came: their month ends within the first days. */
const MONTH = 30 * DAY;
const DAYS = 3;

/** Makes the shop without a word, and ends where the traffic begins. */
export function openShop(sandbox: Sandbox, customers: number): Shop {
  sandbox.muted = true;
  const shop = requested(sandbox, () => stocked(sandbox));
  const begin = sandbox.now + MONTH;
  for (const arrival of arrivals(sandbox, customers)) {
    advance(sandbox, Math.max(0, arrival - sandbox.now));
    requested(sandbox, () => welcome(sandbox, shop, arrival >= begin - 14 * DAY));
  }
  advance(sandbox, begin - sandbox.now);
  sandbox.muted = false;
  return shop;
}

function stocked(sandbox: Sandbox): Shop {
  const plan = createProduct(sandbox, { name: "Plan" }).id;
  const concert = createProduct(sandbox, { name: "Concert" }).id;
  const recurring = (interval: Interval) => (unitAmount: number) => {
    const nickname = `Plan at ${unitAmount / 100} a ${interval}`;
    return createPrice(sandbox, { product: plan, unitAmount, interval, nickname }).id;
  };
  const once = (unitAmount: number) => createPrice(sandbox, { product: concert, unitAmount }).id;
  return {
    products: [plan, concert],
    monthly: [1000, 3000, 9000].map(recurring("month")),
    weekly: [500, 900].map(recurring("week")),
    tickets: [4500, 8900, 1500, 12000, 0].map(once),
    customers: [],
    subscriptions: [],
    orders: [],
  };
}

/** When each customer came: most a month before the first days, a few two weeks before. */
function arrivals({ now, random }: Sandbox, customers: number): number[] {
  const times = Array.from({ length: customers }, () => {
    const isLate = random.chance(0.2);
    return now + (isLate ? MONTH - 14 * DAY : 0) + random.integer(DAYS * DAY);
  });
  return times.sort((a, b) => a - b);
}

/** A customer who most likely subscribes; who came late is in a trial, or pays by the week. */
function welcome(sandbox: Sandbox, shop: Shop, isLate: boolean): void {
  const customer = newcomer(sandbox, shop);
  if (sandbox.random.chance(0.1)) return;
  if (!isLate) subscribe(sandbox, shop, customer, shop.monthly);
  else if (sandbox.random.chance(0.5)) subscribe(sandbox, shop, customer, shop.weekly);
  else subscribe(sandbox, shop, customer, shop.monthly, 14);
}

export function newcomer(sandbox: Sandbox, shop: Shop): string {
  const name = sandbox.random.id(8);
  // The card of who was there before the first event had worked by then.
  const isDeclined = sandbox.random.chance(0.07) && !sandbox.muted;
  const { id } = createCustomer(sandbox, {
    name: `Customer ${name}`,
    email: `${name}@example.com`,
    card: isDeclined ? "declined" : "accepted",
  });
  shop.customers.push(id);
  return id;
}

export function subscribe(
  sandbox: Sandbox,
  shop: Shop,
  customer: string,
  prices: readonly string[],
  trialDays?: number,
): void {
  const item = { price: sandbox.random.pick(prices), quantity: 1 + sandbox.random.integer(4) };
  const trial = trialDays === undefined ? {} : { trialDays };
  const { id } = createSubscription(sandbox, { customer, items: [item], ...trial });
  shop.subscriptions.push(id);
}

/** A customer at random; undefined where there is none, or that one has left. */
export function someone(sandbox: Sandbox, { customers }: Shop): Customer | undefined {
  if (customers.length === 0) return undefined;
  const customer = find(sandbox, "customer", sandbox.random.pick(customers));
  return customer.deleted ? undefined : customer;
}

/** Seconds: at least a minute, and less than so many hours. */
export function withinHours({ random }: Sandbox, hours: number): number {
  return MINUTE + random.integer(hours * HOUR - MINUTE);
}
