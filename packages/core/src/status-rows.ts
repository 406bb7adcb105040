// The rows of one kind that have a status now, by the index that lists them.
import { statusPartition } from "./keys.ts";
import { kindOf, type Named, type NounOf } from "./named.ts";
import { type Paging, turnOf } from "./paging.ts";
import type { Page, Store } from "./store.ts";
import { isViewOf, type RowNoun, shown, type ViewOf } from "./view.ts";

/** What `listByStatus` lists: what has a status. */
export type Listed = Exclude<
  Named,
  | "account"
  | "alert"
  | "balance"
  | "cash-balance"
  | "coupon"
  | "credit-balance-transaction"
  | "credit-grant"
  | "customer"
  | "discount"
  | "entitlement"
  | "invoice-item"
  | "payment-method"
  | "price"
  | "product"
  | "profile"
  | "promotion-code"
>;

type Reading = { store: Store; tenant: string };

export function readRowsOfStatus<L extends Listed>(
  reading: Reading,
  listed: L,
  status: string,
  paging: Paging,
): Promise<Page<ViewOf<NounOf<L>>>> {
  return readRows(reading, "listByStatus", kindOf<L>(listed), status, paging);
}

/** A profile has a label where others have a status. */
export function readProfilesOfLabel(
  reading: Reading,
  label: string,
  paging: Paging,
): Promise<Page<ViewOf<"profile">>> {
  return readRows(reading, "listByLabel", { noun: "profile" }, label, paging);
}

/** The index may lag behind the rows: one that has moved on since, or is deleted, is not listed. */
async function readRows<N extends RowNoun>(
  { store, tenant }: Reading,
  read: string,
  kind: { noun: N; object?: string },
  status: string,
  paging: Paging,
): Promise<Page<ViewOf<N>>> {
  const pk = statusPartition({ ...kind, tenant }, status);
  const { limit, from, page } = turnOf<string>([read, pk], paging);
  const { found, next } = await store.rowsBy("gsi2", pk, { limit, after: from });
  const views = shown(found).filter((view) => isViewOf(kind.noun, view));
  return page(
    views.filter((view) => view.status === status && !view.deleted),
    next,
  );
}
