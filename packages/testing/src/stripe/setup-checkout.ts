// Checkout sessions in setup mode: the customer saves a way to pay, and buys nothing.
import { boughtIn, completed, openCheckout, openSession } from "./checkout.ts";
import type { Metadata } from "./metadata.ts";
import type { CheckoutSession, OrderLine } from "./records.ts";
import { find, type Sandbox } from "./sandbox.ts";
import { confirmSetup, createSetup } from "./setups.ts";

/** `wanted` is what the customer means to buy later: the shop writes it into the metadata as for an order. */
export type NewSetupCheckout = { customer: string; wanted?: OrderLine[]; metadata?: Metadata };

export function createSetupCheckout(sandbox: Sandbox, params: NewSetupCheckout): CheckoutSession {
  const { id, email } = find(sandbox, "customer", params.customer);
  return openSession(sandbox, {
    ...{ customer: id, email, mode: "setup", lines: [], total: null, currency: null, capture: "automatic" },
    setupIntent: createSetup(sandbox, id).id,
    customerCreation: "if_required",
    metadata: {
      ...params.metadata,
      ...(params.wanted === undefined ? {} : boughtIn(sandbox, params.wanted)),
    },
  });
}

/** Stays open where the bank refuses the card. */
export function completeSetupCheckout(sandbox: Sandbox, id: string): CheckoutSession {
  const session = openCheckout(sandbox, id);
  const { status } = confirmSetup(sandbox, session.setupIntent ?? "");
  return status === "succeeded" ? completed(sandbox, session, "no_payment_required") : session;
}
