// Invoice items: what waits for a customer's next invoice.
import type { InvoiceItem } from "./billing-records.ts";
import { emit } from "./emit.ts";
import type { OrderLine } from "./records.ts";
import { change, create, find, newId, recordsOf, type Sandbox } from "./sandbox.ts";

export type NewInvoiceItem = OrderLine & { customer: string };

export function createInvoiceItem(
  sandbox: Sandbox,
  { customer, price, quantity }: NewInvoiceItem,
): InvoiceItem {
  const item = create(sandbox, {
    object: "invoiceitem",
    id: newId(sandbox, "ii_1", 23),
    created: sandbox.now,
    customer,
    price: find(sandbox, "price", price),
    quantity,
    invoice: null,
    deleted: false,
  });
  emit(sandbox, item, "invoiceitem.created");
  return item;
}

/** @throws Error when it is on an invoice, or gone. */
export function deleteInvoiceItem(sandbox: Sandbox, id: string): InvoiceItem {
  const item = find(sandbox, "invoiceitem", id);
  if (item.invoice !== null || item.deleted) throw new Error(`${id} does not wait for an invoice.`);
  const deleted = change(sandbox, item, { deleted: true });
  emit(sandbox, deleted, "invoiceitem.deleted");
  return deleted;
}

/** What waits for the customer's next invoice. */
export function pendingItems(sandbox: Sandbox, customer: string): InvoiceItem[] {
  const items = recordsOf(sandbox, "invoiceitem").filter((item) => item.customer === customer);
  return items.filter(({ invoice, deleted }) => invoice === null && !deleted);
}

/** Stripe has not told of it since it removed `invoiceitem.updated`. */
export function putOnInvoice(sandbox: Sandbox, items: readonly InvoiceItem[], invoice: string): void {
  for (const item of items) change(sandbox, item, { invoice });
}
