// A customer's rows of one kind, by id or newest first: their invoices, subscriptions, orders, payments, …
import { kindPrefix, partition } from "./keys.ts";
import { type Kind, kindOf, type Named, type NounOf } from "./named.ts";
import { MOST_A_PAGE, type Paging, turnOf } from "./paging.ts";
import { nounNamed } from "./registry.ts";
import { RETURN_NOUNS, type ReturnNoun, withReturns } from "./returns.ts";
import { isEmpty, type Row } from "./row.ts";
import type { Page, Store } from "./store.ts";
import { isViewOf, shown, type ViewOf } from "./view.ts";

/** What `list` lists: what a customer may have several of. */
export type OfCustomer = Exclude<
  Named,
  "balance" | "coupon" | "customer" | "entitlement" | "price" | "product" | "profile" | "promotion-code"
>;

export type ListOptions = Paging & {
  /** Only the rows of this status, and none that are deleted; all rows, where it is not given. */
  status?: string | undefined;
  /** `id` where it is not given. */
  order?: "id" | "newest" | undefined;
};

/** A table keeps rows by their ids, which do not follow each other in time: so many are read to sort them. */
export const MOST_SORTED = 1_000;

type Reading = { store: Store; tenant: string };

export async function readList<L extends OfCustomer>(
  reading: Reading,
  listed: L,
  customer: string,
  { status, order = "id", ...paging }: ListOptions,
): Promise<Page<ViewOf<NounOf<L>>>> {
  if (!customer) throw new RangeError("list needs a customer's id; it got an empty one.");
  const kind = kindOf(listed);
  const named = [kindPrefix(kind), customer, status ?? null, order].map((part) => JSON.stringify(part));
  const read = ["list", reading.tenant, ...named];
  const isOne = (row: Row) =>
    !isEmpty(row) && (status === undefined || (row.status === status && !row.deleted));
  const isReturn = RETURN_NOUNS.includes(kind.noun as ReturnNoun);
  const { found, ...rest } =
    order === "newest" || isReturn
      ? await sortedPage(reading, kind, customer, { read, paging, isOne, order })
      : await keyedPage(reading, kind, customer, { read, paging, isOne });
  return { ...rest, found: shown(found).filter((view) => isViewOf(kind.noun, view)) };
}

type Asked = { read: string[]; paging: Paging; isOne(row: Row): boolean };

async function keyedPage(
  reading: Reading,
  kind: Kind,
  customer: string,
  { read, paging, isOne }: Asked,
): Promise<Page<Row>> {
  const { limit, from, page } = turnOf<string>(read, paging);
  const { found, next } = await rowsOfKind(reading, kind, customer, { limit, after: from });
  return page(found.filter(isOne), next);
}

/** Requests: a query where the rows live with their customer; else one of the index, and a read of what it lists. */
async function rowsOfKind(
  { store, tenant }: Reading,
  kind: Kind,
  customer: string,
  paging: { limit: number; after: string | undefined },
): Promise<Page<Row>> {
  const pk = partition(tenant, customer);
  const page = { ...paging, prefix: kindPrefix(kind) };
  const isLiving = nounNamed(kind.noun).home === "customer";
  const { found, ...rest } = await (isLiving ? store.rowsIn(pk, page) : store.rowsBy("gsi1", pk, page));
  return { ...rest, found: found.filter(({ identity }) => identity.customer === customer) };
}

/** The place of the last row that was shown, in the order of the list. */
type Place = { created: number | null; id: string };

async function sortedPage(
  reading: Reading,
  kind: Kind,
  customer: string,
  { read, paging, isOne, order }: Asked & { order: "id" | "newest" },
): Promise<Page<Row>> {
  const { limit, from, page } = turnOf<Place>(read, paging);
  const compare = order === "newest" ? byCreation : byId;
  const all = (await wholeKind(reading, kind, customer)).filter(isOne);
  const rest = all
    .map((row) => ({ row, place: placeOf(row) }))
    .filter(({ place }) => from === undefined || compare(from, place) < 0)
    .sort((one, other) => compare(one.place, other.place));
  const rows = rest.slice(0, limit);
  const next = rest.length > limit ? rows.at(-1)?.place : undefined;
  return page(
    rows.map(({ row }) => row),
    next,
  );
}

/** Few refunds and no disputes name their customer: the others are those of the customer's payments. */
async function wholeKind(reading: Reading, kind: Kind, customer: string): Promise<Row[]> {
  const own = await allOfKind(reading, kind, customer);
  const noun = RETURN_NOUNS.find((one) => one === kind.noun);
  if (noun === undefined) return own;
  const payments = await allOfKind(reading, { noun: "payment" }, customer);
  const returns = await withReturns(reading, payments, [noun]);
  return [...own, ...returns.filter(({ identity }) => identity.noun === noun)];
}

/** @throws RangeError where there are more than can be sorted. */
async function allOfKind(reading: Reading, kind: Kind, customer: string): Promise<Row[]> {
  const rows: Row[] = [];
  let after: string | undefined;
  do {
    const page = await rowsOfKind(reading, kind, customer, { limit: MOST_A_PAGE, after });
    rows.push(...page.found);
    after = page.next;
    if (rows.length > MOST_SORTED) {
      throw new RangeError(`${customer} has more than ${MOST_SORTED} rows of ${kind.noun}: list them by id.`);
    }
  } while (after !== undefined);
  return rows;
}

/** When the object was created, as it says itself; null where it does not. */
function placeOf({ identity: { id }, state }: Row): Place {
  const created = [state.created, state.startedAt].find((time) => typeof time === "number");
  return { created: (created as number | undefined) ?? null, id };
}

/** The newest first; what does not say when it was created comes last. */
function byCreation(one: Place, other: Place): number {
  const [created, otherCreated] = [one.created ?? -1, other.created ?? -1];
  return created === otherCreated ? -byId(one, other) : otherCreated - created;
}

function byId(one: Place, other: Place): number {
  if (one.id === other.id) return 0;
  return one.id < other.id ? -1 : 1;
}
