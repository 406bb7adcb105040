// What the seller does on a billing day: prices and coupons that come and go, discounts, credit notes.
import {
  createPrice,
  createProduct,
  deletePrice,
  deleteProduct,
  updatePrice,
  updateProduct,
} from "./catalog.ts";
import {
  createCoupon,
  createPromotionCode,
  deleteCoupon,
  updateCoupon,
  updatePromotionCode,
} from "./coupons.ts";
import { createCreditNote, creditable, updateCreditNote, voidCreditNote } from "./credit-notes.ts";
import { applyDiscount, removeDiscount, switchCoupon } from "./discounts.ts";
import { createInvoiceItem, deleteInvoiceItem } from "./invoice-items.ts";
import { createInvoice, deleteInvoice } from "./manual-invoices.ts";
import type { OrderLine } from "./records.ts";
import { find, keyOf, type Sandbox, schedule } from "./sandbox.ts";
import { type Shop, someone, withinHours } from "./shop.ts";

export function editCatalog(sandbox: Sandbox, shop: Shop): void {
  const { random } = sandbox;
  const change = random.pick([describe, renameSeats, renamePlan, moveSeats, offerForAWhile]);
  change(sandbox, shop);
}

function describe(sandbox: Sandbox, { products }: Shop): void {
  const { random } = sandbox;
  updateProduct(sandbox, random.pick(products), { description: `Edition ${random.id(4)}` });
}

function renameSeats(sandbox: Sandbox, { tickets }: Shop): void {
  const { random } = sandbox;
  updatePrice(sandbox, random.pick(tickets), { nickname: `Row ${random.id(4)}` });
}

function renamePlan(sandbox: Sandbox, { monthly }: Shop): void {
  const { random } = sandbox;
  updatePrice(sandbox, random.pick(monthly), { nickname: `Plan ${random.id(4)}` });
}

/** Another room, or any room. */
function moveSeats(sandbox: Sandbox, { tickets }: Shop): void {
  const { random } = sandbox;
  const capacity = random.chance(0.2) ? null : String(10 * random.integer(40));
  updatePrice(sandbox, random.pick(tickets), { metadata: { capacity } });
}

/** A plan that nobody takes, and that is gone some hours later. */
function offerForAWhile(sandbox: Sandbox): void {
  const { id: product } = createProduct(sandbox, { name: `Offer ${sandbox.random.id(4)}` });
  const price = createPrice(sandbox, { product, unitAmount: 700, interval: "year" });
  schedule(sandbox, sandbox.now + withinHours(sandbox, 20), () => {
    deletePrice(sandbox, price.id);
    deleteProduct(sandbox, product);
  });
}

const SEASON = "SEASON";

/** A coupon that comes, changes and goes, and comes again with the same id. */
export function changeSeason(sandbox: Sandbox): void {
  const { random } = sandbox;
  const known = sandbox.entries.get(keyOf({ object: "coupon", id: SEASON }))?.record;
  const isThere = known?.object === "coupon" && !known.deleted;
  if (!isThere) createCoupon(sandbox, { id: SEASON, percentOff: 10 + random.integer(40), maxRedemptions: 3 });
  else if (random.chance(0.5)) updateCoupon(sandbox, SEASON, { name: `Season ${random.id(4)}` });
  else deleteCoupon(sandbox, SEASON);
}

/** A code of one customer's own, perhaps switched off before it is used. */
export function handOutCode(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  const coupon = sandbox.random.pick(shop.coupons);
  const { id } = createPromotionCode(sandbox, { coupon, customer: customer.id, maxRedemptions: 1 });
  if (sandbox.random.chance(0.5)) updatePromotionCode(sandbox, id, { active: false });
}

/** Gives, exchanges or takes away a discount: a customer's, or that of a subscription. */
export function discount(sandbox: Sandbox, shop: Shop): void {
  const { random } = sandbox;
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  const { discount: current } = customer;
  if (current !== null && random.chance(0.4)) switchCoupon(sandbox, current.id, random.pick(shop.coupons));
  else if (current !== null) removeDiscount(sandbox, current.id);
  else if (random.chance(0.3)) discountSubscription(sandbox, shop);
  else applyDiscount(sandbox, { customer: customer.id, promotionCode: random.pick(shop.promotionCodes) });
}

function discountSubscription(sandbox: Sandbox, { subscriptions, coupons }: Shop): void {
  if (subscriptions.length === 0) return;
  const subscription = find(sandbox, "subscription", sandbox.random.pick(subscriptions));
  const { id, customer, status, discount } = subscription;
  if (status !== "active") return;
  if (discount !== null) removeDiscount(sandbox, discount.id);
  else applyDiscount(sandbox, { customer, subscription: id, coupon: sandbox.random.pick(coupons) });
}

/** For what a subscription was last invoiced; one of an invoice that is still open may be taken back. */
export function creditInvoice(sandbox: Sandbox, { subscriptions }: Shop): void {
  if (subscriptions.length === 0) return;
  const all = subscriptions.map((id) => find(sandbox, "subscription", id));
  const behind = all.filter(({ status }) => status === "past_due");
  const isLenient = behind.length > 0 && sandbox.random.chance(0.5);
  const { latestInvoice } = sandbox.random.pick(isLenient ? behind : all);
  const invoice = latestInvoice === null ? null : find(sandbox, "invoice", latestInvoice);
  if (invoice === null || creditable(invoice) < 400) return;
  const { id } = createCreditNote(sandbox, { invoice: invoice.id, amount: 100, reason: "order_change" });
  schedule(sandbox, sandbox.now + withinHours(sandbox, 6), () => reconsider(sandbox, id, invoice.id));
}

function reconsider(sandbox: Sandbox, note: string, invoice: string): void {
  if (find(sandbox, "invoice", invoice).status === "open") voidCreditNote(sandbox, note);
  else updateCreditNote(sandbox, note, { memo: `See ${sandbox.random.id(6)}` });
}

/** A draft that is thrown away, or an item that never comes to be on one; at times it is a long one. */
export function draftByMistake(sandbox: Sandbox, shop: Shop): void {
  const { random } = sandbox;
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  const line = (): OrderLine => ({ price: random.pick(shop.tickets), quantity: 1 + random.integer(3) });
  const item = createInvoiceItem(sandbox, { customer: customer.id, ...line() });
  if (random.chance(0.5)) return void deleteInvoiceItem(sandbox, item.id);
  const lines = Array.from({ length: random.chance(0.3) ? 11 : 1 }, line);
  const draft = createInvoice(sandbox, { customer: customer.id, lines });
  if (random.chance(0.5)) return;
  schedule(sandbox, sandbox.now + withinHours(sandbox, 3), () => void deleteInvoice(sandbox, draft.id));
}
