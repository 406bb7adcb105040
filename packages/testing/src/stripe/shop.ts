// A shop with its customers as they were before the first event: what it sells, and who subscribes to it.
import { DAY, HOUR, type Interval, MINUTE } from "./calendar.ts";
import { createPrice, createProduct } from "./catalog.ts";
import { createCoupon, createPromotionCode } from "./coupons.ts";
import { type Card, createCustomer } from "./customers.ts";
import { attachFeature } from "./entitlements.ts";
import type { Customer } from "./records.ts";
import { advance, find, requested, type Sandbox, schedule } from "./sandbox.ts";
import { createSubscription } from "./subscriptions.ts";

export type Shop = {
  products: string[];
  /** Prices of subscriptions, dearest last. */
  monthly: string[];
  weekly: string[];
  /** A price with eleven features, one more than an event shows. */
  suite: string;
  /** Prices of what is ordered; the first ones are popular. */
  tickets: string[];
  customers: string[];
  subscriptions: string[];
  orders: string[];
  /** Payment methods that customers have saved. */
  cards: string[];
  /** Ids of coupons that stay. */
  coupons: string[];
  promotionCodes: string[];
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
  const plan = productWith(sandbox, "Plan", ["export"]);
  const pro = productWith(sandbox, "Pro", ["export", "api", "sso"]);
  const suite = productWith(sandbox, "Suite", SUITE);
  const concert = productWith(sandbox, "Concert", []);
  const recurring = (product: string, interval: Interval, unitAmount: number) => {
    const nickname = `Plan at ${unitAmount / 100} a ${interval}`;
    return createPrice(sandbox, { product, unitAmount, interval, nickname }).id;
  };
  return {
    products: [plan, pro, suite, concert],
    monthly: [1000, 3000, 9000].map((amount) => recurring(amount < 9000 ? plan : pro, "month", amount)),
    weekly: [500, 900].map((amount) => recurring(plan, "week", amount)),
    suite: recurring(suite, "month", 20000),
    tickets: [4500, 8900, 1500, 12000, 0].map((amount) => ticket(sandbox, concert, amount)),
    customers: [],
    subscriptions: [],
    orders: [],
    cards: [],
    ...promotions(sandbox),
  };
}

const SUITE = [
  "export",
  "api",
  "sso",
  "audit",
  "roles",
  "backup",
  "chat",
  "phone",
  "sla",
  "beta",
  "training",
];

function productWith(sandbox: Sandbox, name: string, features: readonly string[]): string {
  const { id } = createProduct(sandbox, { name });
  for (const feature of features) attachFeature(sandbox, id, feature);
  return id;
}

/** Of the dear ones there are only so many. */
function ticket(sandbox: Sandbox, product: string, unitAmount: number): string {
  const metadata = unitAmount > 5000 ? { metadata: { capacity: String(unitAmount / 50) } } : {};
  return createPrice(sandbox, { product, unitAmount, ...metadata }).id;
}

function promotions(sandbox: Sandbox): Pick<Shop, "coupons" | "promotionCodes"> {
  const coupons = [
    createCoupon(sandbox, { name: "A quarter off", percentOff: 25 }).id,
    createCoupon(sandbox, { name: "Half of a cent counts", percentOff: 12.5, months: 3 }).id,
    createCoupon(sandbox, { name: "Five off", amountOff: 500 }).id,
  ];
  const codes = coupons.map((coupon) => createPromotionCode(sandbox, { coupon }).id);
  return { coupons, promotionCodes: codes };
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
  if (sandbox.random.chance(0.03)) subscribe(sandbox, shop, customer, [shop.suite]);
  else if (!isLate) subscribe(sandbox, shop, customer, shop.monthly);
  else if (sandbox.random.chance(0.5)) subscribe(sandbox, shop, customer, shop.weekly);
  else subscribe(sandbox, shop, customer, shop.monthly, 14);
}

export function newcomer(sandbox: Sandbox, shop: Shop, known?: Card): string {
  const name = sandbox.random.id(8);
  // The card of who was there before the first event had worked by then.
  const isDeclined = sandbox.random.chance(0.07) && !sandbox.muted;
  const { id } = createCustomer(sandbox, {
    name: `Customer ${name}`,
    email: `${name}@example.com`,
    card: known ?? (isDeclined ? "declined" : "accepted"),
    taxPercent: sandbox.random.chance(0.1) ? 20 : 0,
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

/** Lets it happen within so many hours. */
export function later(sandbox: Sandbox, hours: number, run: () => unknown): void {
  schedule(sandbox, sandbox.now + withinHours(sandbox, hours), () => void run());
}
