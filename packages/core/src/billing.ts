// The reads that an app makes: where a customer, a subscription, an order or a price's stock stands, and why.
import type { Access } from "./access.ts";
import type { History } from "./access-decision.ts";
import type { AccessPolicy } from "./access-policy.ts";
import { readAccess } from "./access-rows.ts";
import { type ListOptions, type OfCustomer, readList } from "./customer-list.ts";
import { readCustomerRows } from "./customer-rows.ts";
import type { JsonObject } from "./json.ts";
import { partition, ROWS_OF_AN_ID, type RowIdentity, rowKey } from "./keys.ts";
import { type Kind, kindOf, type Named, type NounOf } from "./named.ts";
import { STOCK } from "./nouns/stock.ts";
import type { Paging } from "./paging.ts";
import { objectsOf } from "./raw-rows.ts";
import { type Referred, readReferred } from "./references.ts";
import { nounNamed } from "./registry.ts";
import { isEmpty, type Row } from "./row.ts";
import { type Listed, readProfilesOfLabel, readRowsOfStatus } from "./status-rows.ts";
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
  /** What each status of a subscription gives, where that is not the default. */
  policy?: Partial<AccessPolicy>;
  /**
   * `none` where the Stripe account had no customers before the first deployment, as the stage's setting `history` says:
   * only then a refusal of access can be certain, but for that of a deleted customer (D22).
   */
  history?: History | undefined;
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
  /**
   * A row by its noun and id, as Stripe last told, also one that is deleted or over: `get("order", "cs_…")`. A
   * payment is found by its payment intent, a profile and an entitlement by their customer, a generic row with its
   * Stripe object type. Undefined where no event told of it. 1 request; 2 for what lives with its customer:
   * subscriptions, invoices and credit notes.
   */
  get<N extends Named>(noun: N, id: string): Promise<ViewOf<NounOf<N>> | undefined>;
  /**
   * The whole Stripe objects behind a row, by their ids, each as Stripe sent it with the event that stands, or as it was
   * fetched: a payment has its intent, its charges and its invoice payments. What is not kept is missing: all of it
   * where the stage's setting `raw` is off (D13). Undefined where no event told of the row. 1 request; 2 for what lives
   * with its customer.
   */
  raw(noun: Named, id: string): Promise<Map<string, JsonObject> | undefined>;
  /**
   * Whether a customer has access now, or may use a feature, with the reason, the subscription that gives it and
   * until when, and whether a refusal is certain: see `accessOf`. In Accounts v2 the id of the customer's account does as
   * well. Throws `RangeError` for an empty id. 1 request; 2 for an account that has a customer's id besides.
   */
  hasAccess(customerId: string, feature?: string): Promise<Access>;
  /** What is sold and reserved of a price, in pieces: zeros where no order holds any. 1 request. */
  getStock(priceId: string): Promise<StockView>;
  /**
   * All rows of a customer, deleted ones too: those that live with them first, such as subscriptions and invoices,
   * then those that name them, such as payments and orders, and with each payment its refunds and disputes, which need
   * not name them. Up to 100 are one page. At most 4 requests a page: 3 where nothing went back.
   */
  customerState(customerId: string, paging?: Paging): Promise<Page<RowView>>;
  /**
   * A customer's rows of one kind, deleted ones too, or those of one status that are not:
   * `list("invoice", "cus_…", { status: "open", order: "newest", limit: 10 })`. By id at most 2 requests a page, 1 for what
   * lives with its customer; a page may be short or empty where a status is given. Newest first is by when the object
   * itself was created, then by id, and last what does not say: the table keeps rows by id, so each page reads all of that
   * kind, 1 or 2 requests for each hundred, and a `RangeError` is thrown where there are more than 1,000. So are refunds
   * and disputes read in either order, by the customer's payments: at least 5 requests, and 1 more for each further
   * hundred of those.
   */
  list<L extends OfCustomer>(
    listed: L,
    customerId: string,
    options?: ListOptions,
  ): Promise<Page<ViewOf<NounOf<L>>>>;
  /**
   * What became of the events of a customer, or of any other object by its id, oldest first and within a
   * second by event id. A customer's are those that name the customer. An object's are those that name
   * no customer or the one it has now; what happened while it had another is in that customer's. A charge's are found by
   * its id, too, once any but `charge.updated` came. The events of a refund that names no customer are its own alone.
   * At most 4 requests for a customer's first page, 5 for another object's; then 1 and 2.
   */
  timeline(id: string, paging?: Paging): Promise<Page<TimelineEntry>>;
  /**
   * The customers that an app's own reference names, by id: by the `client_reference_id` of their Checkout sessions, or by
   * the metadata member that the stage's setting `customerReference` names, on the customer, a subscription or a session.
   * Mostly one or none; of a reference that more than 100 share, the first 100. 2 requests.
   */
  customerOf(reference: string): Promise<Referred[]>;
  /**
   * The profiles of a label, by the customer's id: the value of the metadata member that the stage's setting `label`
   * names, such as `tenant_id`. One of more than 100 characters is in the profile and not listed. At most 2 requests a page.
   */
  listByLabel(label: string, paging?: Paging): Promise<Page<ViewOf<"profile">>>;
  /**
   * The rows of a status that are not deleted, by id: `listByStatus("subscription", "past_due")`, and of
   * generic rows by Stripe object type: `listByStatus({ noun: "generic", object: "payout" }, "failed")`.
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
    get: (named, id) => viewNamed(options, named, id),
    raw: (named, id) => readRaw(options, named, id),
    hasAccess: (customerId, feature) => readAccess(options, customerId, feature),
    getStock: (priceId) => stockOfPrice(options, priceId),
    customerState: (id, paging = {}) => readCustomerRows(options, id, paging),
    list: (listed, customerId, asked = {}) => readList(options, listed, customerId, asked),
    customerOf: (reference) => readReferred(options, reference),
    listByLabel: (label, paging = {}) => readProfilesOfLabel(options, label, paging),
    timeline: (id, paging = {}) => readTimeline(options, id, paging),
    listByStatus: (listed, status, paging = {}) => readRowsOfStatus(options, listed, status, paging),
  };
}

/** Whose id is their customer's. */
const OF_CUSTOMER: ReadonlySet<RowNoun> = new Set(["cash-balance", "customer", "entitlement", "profile"]);

async function viewNamed<N extends Named>(
  options: BillingOptions,
  named: N,
  id: string,
): Promise<ViewOf<NounOf<N>> | undefined> {
  const row = await rowNamed(options, kindOf(named), id);
  const view = row && viewOf(row);
  return view && isViewOf(kindOf(named).noun, view) ? view : undefined;
}

/** Unpacking is loaded by those who ask for it. */
async function readRaw(options: BillingOptions, named: Named, id: string) {
  const row = await rowNamed(options, kindOf(named), id);
  if (row === undefined) return undefined;
  const { unpack } = await import("./zstd.ts");
  return objectsOf(row, unpack);
}

/** What lives with a customer is found by the index, or on its own where it has none. */
async function rowNamed(options: BillingOptions, kind: Kind, id: string): Promise<Row | undefined> {
  const isAlone = nounNamed(kind.noun).home === "own";
  const isOfCustomer = OF_CUSTOMER.has(kind.noun);
  if (isAlone || isOfCustomer) return rowAt(options, { ...kind, id, customer: isAlone ? null : id });
  return (await rowListed(options, kind, id)) ?? (await rowAt(options, { ...kind, id, customer: null }));
}

async function rowAt({ store, tenant }: BillingOptions, row: Omit<RowIdentity, "tenant">) {
  const key = rowKey(nounNamed(row.noun).home, { ...row, tenant });
  const { rows } = await store.load([key], { consistent: false });
  return rows.values().find((found) => !isEmpty(found));
}

async function rowListed({ store, tenant }: BillingOptions, { noun }: Kind, id: string) {
  const { found } = await store.rowsBy("gsi1", partition(tenant, id), { limit: ROWS_OF_AN_ID });
  return found.find((row) => row.identity.noun === noun && !isEmpty(row));
}

/** Whether a counter that stands at zero has a row depends on what came first: both read the same. */
async function stockOfPrice({ store, tenant }: BillingOptions, id: string): Promise<StockView> {
  const identity = { tenant, noun: STOCK, id, customer: null };
  const key = rowKey("own", identity);
  const [counter] = await store.counters([key]);
  return viewOfCounter(counter ?? { key, identity, amounts: {} });
}
