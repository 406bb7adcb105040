// The reads that an app makes: where a customer, a subscription, an order or a price's stock stands, and why.
import { readCustomerRows } from "./customer-rows.ts";
import { partition, ROWS_OF_AN_ID, rowKey } from "./keys.ts";
import { STOCK } from "./nouns/stock.ts";
import type { Paging } from "./paging.ts";
import { nounNamed } from "./registry.ts";
import { type Listed, type NounOf, readRowsOfStatus } from "./status-rows.ts";
import type { Page, Store } from "./store.ts";
import { readTimeline, type TimelineEntry } from "./timeline.ts";
import {
  isViewOf,
  type RowNoun,
  type RowView,
  type StockView,
  type ViewOf,
  viewOf,
  viewOfCounter,
} from "./view.ts";

export type BillingOptions = {
  store: Store;
  /** The Connect account, or the stage's own constant (D16): nothing of another tenant is ever read. */
  tenant: string;
  /** Seconds since the epoch; what has expired by then is not shown. */
  now(): number;
};

/**
 * Reads of billing state. They are eventually consistent: what was committed within the last second may
 * be missing. Times are seconds since the epoch, money is integer minor units with its currency.
 *
 * Every read throws `Unavailable` when the store cannot answer now. A read in pages gives `next` as long
 * as more may follow, also beside a short or empty page, and throws `BadCursor` for an `after` that it did
 * not give for the same arguments, and `RangeError` for a `limit` that is not 1 to 100.
 *
 * "Requests" are those to DynamoDB.
 */
export type Billing = {
  /** A customer as Stripe last told, also a deleted one; undefined where no event told of them. 1 request. */
  getCustomer(id: string): Promise<ViewOf<"customer"> | undefined>;
  /** A subscription by its id alone, also a canceled one; undefined where no event told of it. 2 requests. */
  getSubscription(id: string): Promise<ViewOf<"subscription"> | undefined>;
  /** An order by its Checkout session's id; undefined where no event told of it. 1 request. */
  getOrder(id: string): Promise<ViewOf<"order"> | undefined>;
  /** What is sold and reserved of a price, in pieces: zeros where no order holds any. 1 request. */
  getStock(priceId: string): Promise<StockView>;
  /**
   * All rows of a customer, deleted ones too: customer and subscriptions first, then orders and generic
   * rows that name them. Up to 100 are one page. At most 3 requests a page.
   */
  customerState(customerId: string, paging?: Paging): Promise<Page<RowView>>;
  /**
   * What became of the events of a customer, or of any other object by its id, oldest first and within a
   * second by event id. A customer's are those that name the customer. An object's are those that name
   * no customer or the one it has now; what happened while it had another is in that customer's.
   * At most 4 requests for a customer's first page, 5 for another object's; then 1 and 2.
   */
  timeline(id: string, paging?: Paging): Promise<Page<TimelineEntry>>;
  /**
   * The rows of a status that are not deleted, by id: `listByStatus("subscription", "past_due")`, and of
   * generic rows by Stripe object type: `listByStatus({ noun: "generic", object: "invoice" }, "open")`.
   * At most 2 requests a page.
   */
  listByStatus<L extends Listed>(
    listed: L,
    status: string,
    paging?: Paging,
  ): Promise<Page<ViewOf<NounOf<L>>>>;
};

/** The reads over one tenant's rows in a store. */
export function billing(options: BillingOptions): Billing {
  return {
    getCustomer: (id) => rowOf(options, "customer", id, id),
    getSubscription: async (id) =>
      (await rowOfSomeCustomer(options, "subscription", id)) ?? rowOf(options, "subscription", id, null),
    getOrder: (id) => rowOf(options, "order", id, null),
    getStock: (priceId) => stockOfPrice(options, priceId),
    customerState: (id, paging = {}) => readCustomerRows(options, id, paging),
    timeline: (id, paging = {}) => readTimeline(options, id, paging),
    listByStatus: (listed, status, paging = {}) => readRowsOfStatus(options, listed, status, paging),
  };
}

async function rowOf<N extends RowNoun>(
  { store, tenant }: BillingOptions,
  noun: N,
  id: string,
  customer: string | null,
): Promise<ViewOf<N> | undefined> {
  const key = rowKey(nounNamed(noun).home, { tenant, noun, id, customer });
  const { rows } = await store.load([key], { consistent: false });
  return [...rows.values()].map(viewOf).find((view) => isViewOf(noun, view));
}

/** The index finds a row that lives with its customer by its own id. */
async function rowOfSomeCustomer<N extends RowNoun>(
  { store, tenant }: BillingOptions,
  noun: N,
  id: string,
): Promise<ViewOf<N> | undefined> {
  const { found } = await store.rowsBy("gsi1", partition(tenant, id), { limit: ROWS_OF_AN_ID });
  return found.map(viewOf).find((view) => isViewOf(noun, view));
}

/** Whether a counter that stands at zero has a row depends on what came first: both read the same. */
async function stockOfPrice({ store, tenant }: BillingOptions, id: string): Promise<StockView> {
  const identity = { tenant, noun: STOCK, id, customer: null };
  const key = rowKey("own", identity);
  const [counter] = await store.counters([key]);
  return viewOfCounter(counter ?? { key, identity, amounts: {} });
}
