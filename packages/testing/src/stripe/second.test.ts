import { describe, expect, it } from "vitest";
import { collect } from "./billing.ts";
import { createPrice, createProduct } from "./catalog.ts";
import { createCustomer } from "./customers.ts";
import type { PreviousAttributes } from "./event.ts";
import { finalizeInvoice } from "./invoices.ts";
import { createInvoice } from "./manual-invoices.ts";
import { openSandbox } from "./sandbox.ts";
import { isDecidable, type Telling } from "./second.ts";

const sandbox = openSandbox({ seed: 1 });
const base = createCustomer(sandbox, { name: "0" });

/** An event of one object; each state is a record of its own unless it is handed on. */
function telling(type: string, name: string, previous: PreviousAttributes | null = null): Telling {
  return { type, record: { ...base, name }, object: { object: "customer", name }, previous };
}

describe("a second of one object", () => {
  it("takes updates that each say what they found", () => {
    const first = telling("customer.updated", "1", { name: "0" });
    expect(isDecidable([first], telling("customer.updated", "2", { name: "1" }))).toBe(true);
  });

  it("takes no update that comes back to an earlier value", () => {
    const first = telling("customer.updated", "1", { name: "0" });
    expect(isDecidable([first], telling("customer.updated", "0", { name: "1" }))).toBe(false);
  });

  it("takes no second state that does not say what it found", () => {
    const first = telling("product.updated", "1", { name: "0" });
    expect(isDecidable([first], telling("product.deleted", "1"))).toBe(false);
    expect(isDecidable([telling("charge.refunded", "1")], telling("charge.refunded", "2"))).toBe(false);
  });

  it("takes several events of one state", () => {
    const first = telling("invoice.paid", "1");
    expect(isDecidable([first], { ...first, type: "invoice.payment_succeeded" })).toBe(true);
  });

  it("takes anything after what is created, and nothing after what is deleted", () => {
    const created = telling("customer.created", "1");
    const deleted = telling("customer.deleted", "1");
    const updated = telling("customer.updated", "2", { name: "1" });
    expect(isDecidable([created], deleted)).toBe(true);
    expect(isDecidable([created, deleted], updated)).toBe(false);
  });

  it("takes no deletion of an id that may be born again, after whatever else", () => {
    const product = createProduct(sandbox, { name: "B" });
    const [created, deleted] = ["product.created", "product.deleted"].map((type) => {
      return { ...telling(type, "1"), record: product };
    }) as [Telling, Telling];
    expect(isDecidable([], deleted)).toBe(true);
    expect(isDecidable([created], deleted)).toBe(false);
    expect(isDecidable([deleted], created)).toBe(false);
  });

  it("takes a status that is further along its lifecycle, and none that is not", () => {
    const { id: price } = createPrice(sandbox, {
      product: createProduct(sandbox, { name: "A" }).id,
      unitAmount: 5,
    });
    const draft = createInvoice(sandbox, { customer: base.id, lines: [{ price, quantity: 1 }] });
    const open = finalizeInvoice(sandbox, draft);
    const [finalized, paid] = [open, collect(sandbox, open)].map((record) => ({
      ...telling("invoice", "1"),
      record,
    }));
    expect(isDecidable([finalized as Telling], paid as Telling)).toBe(true);
    expect(isDecidable([paid as Telling], finalized as Telling)).toBe(false);
  });
});
