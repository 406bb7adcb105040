// What a reader sees of a row: an app that asks for it, and the dump of a local run.
import { countersOf, type Item, rowsOf } from "./item.ts";
import type { AccountState } from "./nouns/account.ts";
import type { AlertState } from "./nouns/alert.ts";
import type { BalanceState } from "./nouns/balance.ts";
import type { CashBalanceState } from "./nouns/cash-balance.ts";
import type { CouponState } from "./nouns/coupon.ts";
import type { CreditBalanceTransactionState } from "./nouns/credit-balance-transaction.ts";
import type { CreditGrantState } from "./nouns/credit-grant.ts";
import type { CreditNoteState } from "./nouns/credit-note.ts";
import type { CustomerState } from "./nouns/customer.ts";
import type { CustomerAccountState } from "./nouns/customer-account.ts";
import type { DiscountState } from "./nouns/discount.ts";
import type { DisputeState } from "./nouns/dispute.ts";
import type { EntitlementState } from "./nouns/entitlement.ts";
import type { GenericState } from "./nouns/generic.ts";
import type { InvoiceState } from "./nouns/invoice.ts";
import type { InvoiceItemState } from "./nouns/invoice-item.ts";
import type { OrderState } from "./nouns/order.ts";
import type { PaymentState } from "./nouns/payment.ts";
import type { PaymentMethodState } from "./nouns/payment-method.ts";
import type { PriceState } from "./nouns/price.ts";
import type { ProductState } from "./nouns/product.ts";
import type { ProfileState } from "./nouns/profile.ts";
import type { PromotionCodeState } from "./nouns/promotion-code.ts";
import { REFERENCE, type ReferenceState, referenceOf } from "./nouns/reference.ts";
import type { RefundState } from "./nouns/refund.ts";
import type { SetupState } from "./nouns/setup.ts";
import { STOCK, type StockState, stockOf } from "./nouns/stock.ts";
import type { SubscriptionState } from "./nouns/subscription.ts";
import type { SubscriptionScheduleState } from "./nouns/subscription-schedule.ts";
import type { TaxIdState } from "./nouns/tax-id.ts";
import type { Part } from "./part.ts";
import { type Counter, incompleteOf, isEmpty, isTie, type Row } from "./row.ts";

/** The state of each noun's rows: a noun of one's own is one line here. */
type States = {
  account: AccountState;
  alert: AlertState;
  balance: BalanceState;
  "cash-balance": CashBalanceState;
  coupon: CouponState;
  "credit-balance-transaction": CreditBalanceTransactionState;
  "credit-grant": CreditGrantState;
  "credit-note": CreditNoteState;
  customer: CustomerState;
  "customer-account": CustomerAccountState;
  discount: DiscountState;
  dispute: DisputeState;
  entitlement: EntitlementState;
  generic: GenericState;
  invoice: InvoiceState;
  "invoice-item": InvoiceItemState;
  order: OrderState;
  payment: PaymentState;
  "payment-method": PaymentMethodState;
  price: PriceState;
  product: ProductState;
  profile: ProfileState;
  "promotion-code": PromotionCodeState;
  refund: RefundState;
  setup: SetupState;
  subscription: SubscriptionState;
  "subscription-schedule": SubscriptionScheduleState;
  "tax-id": TaxIdState;
};

export type RowNoun = keyof States;

/** What a row was last changed by. */
export type Version = {
  /** The newest second that it was told of, since the epoch. */
  second: number;
  /** The ids of the events that are remembered of it, in ascending order. */
  events: string[];
};

type Shape<N, S, V> = {
  /** The Connect account, or the stage's own constant. */
  tenant: string;
  /** What `state` is the state of: tells the members of a mixed list apart. */
  noun: N;
  /** The Stripe object's id. */
  id: string;
  customer: string | null;
  /** What `listByStatus` lists it under; null where the noun has none. */
  status: string | null;
  /** The object is gone from Stripe; `state` is the last that was known of it. */
  deleted: boolean;
  state: S;
  /** Null of a row that only others contribute to: it is as new as they are. */
  version: V;
  /** `fetch` where Stripe was asked for some of it, else all of it came with events. */
  via: "event" | "fetch";
  /**
   * Events of one second left different states, and they do not tell which of those was last (D4); or Stripe does not
   * find the object, which stands as it was last known (D23).
   */
  tie: boolean;
  /** Paths of lists that Stripe did not send whole. */
  incomplete: string[];
};

/** A row of any noun; `noun` tells which. */
export type RowView = { [N in RowNoun]: Shape<N, States[N], Version | null> }[RowNoun];

/** A row of one noun, such as `ViewOf<"order">`. */
export type ViewOf<N extends RowNoun> = Extract<RowView, { noun: N }>;

/** What is sold and reserved of a price: counted from its orders, so it has no version of its own. */
export type StockView = Shape<"stock", StockState, null>;

/** The customer of a reference, counted from what names both. */
export type ReferenceView = Shape<"reference", ReferenceState, null>;

export type View = RowView | StockView | ReferenceView;

/** Everything but the time of processing: it depends on the set of events alone. */
export function viewOf(row: Row): RowView {
  const { tenant, noun, id, customer } = row.identity;
  const parts = Object.values(row.parts);
  return {
    tenant,
    noun,
    id,
    customer,
    status: row.status,
    deleted: row.deleted,
    state: row.state,
    version: parts.length === 0 ? null : versionOf(parts),
    via: parts.some(({ via }) => via === "fetch") ? "fetch" : "event",
    tie: isTie(row),
    incomplete: incompleteOf(row),
  } as RowView;
}

/** The rows that say anything, as a reader sees them. */
export function shown(rows: Row[]): RowView[] {
  return rows.filter((row) => !isEmpty(row)).map(viewOf);
}

/** What a whole table shows: whether there is a counter that counts nothing depends on what came first. */
export function shownIn(items: Item[]): View[] {
  const counters = countersOf(items).filter(({ amounts }) => Object.values(amounts).some(Boolean));
  const [references, stocks] = [REFERENCE, STOCK].map((noun) =>
    counters.filter(({ identity }) => identity.noun === noun),
  );
  return [
    ...shown(rowsOf(items)),
    ...(stocks ?? []).map(viewOfCounter),
    ...(references ?? []).map(viewOfReference),
  ];
}

function versionOf(parts: Part[]): Version {
  return {
    second: Math.max(...parts.map(({ second }) => second)),
    events: parts.flatMap(({ remembered }) => remembered.map(({ event }) => event)).sort(),
  };
}

function viewOfReference({ identity: { tenant, id, customer: owner }, amounts }: Counter): ReferenceView {
  const state = referenceOf(owner ?? "", id, amounts);
  return { ...PLAIN, incomplete: [], tenant, noun: "reference", id: `${owner}`, customer: id, state };
}

/** What a counter's view has of everything but its amounts. */
const PLAIN = {
  status: null,
  deleted: false,
  version: null,
  via: "event",
  tie: false,
} as const;

export function viewOfCounter({ identity: { tenant, id }, amounts }: Counter): StockView {
  return {
    tenant,
    noun: "stock",
    id,
    customer: null,
    status: null,
    deleted: false,
    state: stockOf(id, amounts),
    version: null,
    via: "event",
    tie: false,
    incomplete: [],
  };
}

/** Whether a view is of that noun; narrows its type. */
export function isViewOf<N extends RowNoun>(noun: N, view: RowView): view is ViewOf<N> {
  return view.noun === noun;
}
