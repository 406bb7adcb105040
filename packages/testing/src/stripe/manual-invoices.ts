// Invoices that no subscription makes: with what waits for them, deleted while they are drafts.
import { emit } from "./emit.ts";
import { pendingItems, putOnInvoice } from "./invoice-items.ts";
import { draftInvoice, invoiceLine } from "./invoices.ts";
import type { Invoice, OrderLine } from "./records.ts";
import { change, find, type Sandbox } from "./sandbox.ts";

/** To be finalised and paid by requests. */
export type NewInvoice = { customer: string; lines: OrderLine[] };

export function createInvoice(sandbox: Sandbox, { customer, lines }: NewInvoice): Invoice {
  const period = { start: sandbox.now, end: sandbox.now };
  const pending = pendingItems(sandbox, customer);
  const asked = lines.map(({ price, quantity }) => ({
    price: find(sandbox, "price", price),
    quantity,
    id: null,
  }));
  const draft = draftInvoice(sandbox, {
    ...{ customer, period, subscription: null, reason: "manual", finalizesAt: null },
    lines: [...pending, ...asked].map(({ price, quantity, id }) => {
      const amount = price.unitAmount * quantity;
      return invoiceLine(sandbox, { amount, price, quantity, period, invoiceItem: id });
    }),
  });
  putOnInvoice(sandbox, pending, draft.id);
  emit(sandbox, draft, "invoice.created");
  return draft;
}

/** @throws Error when it is a subscription's, or no draft any more. */
export function deleteInvoice(sandbox: Sandbox, id: string): Invoice {
  const draft = find(sandbox, "invoice", id);
  const isOwn = draft.subscription === null && draft.status === "draft";
  if (!isOwn || draft.deleted) throw new Error(`${id} cannot be deleted.`);
  const deleted = change(sandbox, draft, { deleted: true });
  emit(sandbox, deleted, "invoice.deleted");
  return deleted;
}
