// Objects with their lists whole: Stripe embeds ten entries at most, and all of them are read in pages (D12).
import { Unavailable } from "@stripe-lanes/core/errors";
import { idOf, type StripeObject } from "@stripe-lanes/core/event";
import type { FetchRequest } from "@stripe-lanes/core/fetch";
import { entries, flag, member, text } from "@stripe-lanes/core/fields";
import type { JsonObject } from "@stripe-lanes/core/json";
import { isWhole } from "@stripe-lanes/core/list";
import { pathOf, withQuery } from "./stripe-paths.ts";

/** Makes one request; gives null for what Stripe does not find. */
export type Get = (path: string) => Promise<StripeObject | null>;

/** The most that Stripe gives at once ("Pagination", docs.stripe.com/api/pagination). */
const ENTRIES_OF_A_PAGE = 100;

/** A list that goes on after these stays cut, and says so. */
const MOST_PAGES = 10;

type Listing = { name: string; pathOf(id: string): string };

/** The lists that states are made of, by the type of the object they are embedded in. */
const LISTINGS: ReadonlyMap<string, Listing> = new Map([
  ["checkout.session", { name: "line_items", pathOf: (id) => `/v1/checkout/sessions/${id}/line_items` }],
  ["invoice", { name: "lines", pathOf: (id) => `/v1/invoices/${id}/lines` }],
  ["subscription", { name: "items", pathOf: (id) => `/v1/subscription_items?subscription=${id}` }],
]);

const SUMMARY = "entitlements.active_entitlement_summary";

/**
 * The object that is asked for, with its lists whole; one of over 1,000 entries is cut there, with `has_more`.
 * @throws Unavailable when a page of a list cannot be had, and whatever `get` throws.
 * @throws Malformed when nothing is known of how to fetch such an object.
 */
export async function fetchWhole(request: FetchRequest, get: Get): Promise<StripeObject | null> {
  if (request.objectType === SUMMARY) return fetchSummary(request.id, get);
  const object = await get(pathOf(request));
  return object === null ? null : complete(object, get);
}

/** A summary has no id and cannot be fetched: it is what the customer's list of entitlements says. */
async function fetchSummary(customer: string, get: Get): Promise<StripeObject | null> {
  const path = `/v1/entitlements/active_entitlements?customer=${encodeURIComponent(customer)}`;
  const entitlements = await readList(path, get);
  if (entitlements === null) return null;
  const livemode = flag(member(entries(entitlements)[0], "livemode"));
  return { object: SUMMARY, customer, ...(livemode !== null && { livemode }), entitlements };
}

async function complete(object: StripeObject, get: Get): Promise<StripeObject> {
  const id = idOf(object);
  const listing = LISTINGS.get(object.object);
  if (listing === undefined || id === null || object.deleted === true) return object;
  if (isWhole(object[listing.name])) return object;
  const path = listing.pathOf(encodeURIComponent(id));
  const list = sellsNothing(object) ? listOf(path, [], false) : await readList(path, get);
  if (list === null) throw new Unavailable("Stripe no longer has the list of an object that it just gave.");
  return { ...object, [listing.name]: list };
}

/** A Checkout session that only saves a payment method has no lines to ask for. */
function sellsNothing({ mode }: StripeObject): boolean {
  return mode === "setup";
}

/** From its beginning: what an object embeds was read at another moment. Null where Stripe says that there is none. */
async function readList(path: string, get: Get): Promise<JsonObject | null> {
  let page = await get(pagePath(path));
  if (page === null) return null;
  const data = entriesOf(page);
  for (let pages = 1; page.has_more === true && pages < MOST_PAGES; pages++) {
    page = await nextPage(path, data, get);
    data.push(...entriesOf(page));
  }
  return listOf(path, data, page.has_more === true);
}

/** The entry that a page goes on from can be gone by then: that says nothing of the object. */
async function nextPage(path: string, data: JsonObject[], get: Get): Promise<StripeObject> {
  const last = text(data.at(-1)?.id);
  if (last === null) throw new Unavailable("Stripe's list goes on after an entry without an id.");
  const page = await get(pagePath(path, last));
  if (page === null) throw new Unavailable("Stripe's list changed while it was read.");
  return page;
}

function pagePath(path: string, after?: string): string {
  const page = withQuery(path, `limit=${ENTRIES_OF_A_PAGE}`);
  return after === undefined ? page : withQuery(page, `starting_after=${encodeURIComponent(after)}`);
}

function entriesOf(page: StripeObject): JsonObject[] {
  if (page.object === "list" && Array.isArray(page.data)) return entries(page);
  throw new Unavailable("Stripe's answer is no list where one was asked for.");
}

function listOf(url: string, data: JsonObject[], isCut: boolean): JsonObject {
  return { object: "list", data, has_more: isCut, url };
}
