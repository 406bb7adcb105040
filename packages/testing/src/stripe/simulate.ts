// A stateful Stripe in memory: requests change its objects, time passes when it is told to, and it sends the
// events that Stripe would. It reads no clock and no randomness but its seed's.
import { collect } from "./billing.ts";
import * as Catalog from "./catalog.ts";
import * as Checkout from "./checkout.ts";
import { markUncollectible, voidInvoice } from "./collection.ts";
import * as Customers from "./customers.ts";
import type { StripeObject } from "./event.ts";
import { createInvoice, finalizeInvoice } from "./invoices.ts";
import * as Payments from "./payments.ts";
import { changeItem } from "./proration.ts";
import type { StripeRecord } from "./records.ts";
import * as Refunds from "./refunds.ts";
import { render } from "./render.ts";
import { advance, find, type Options, openSandbox, requested, type Sandbox } from "./sandbox.ts";
import * as Subscriptions from "./subscriptions.ts";
import { ledgerOf, truthOf } from "./truth.ts";

export type SimulatedStripe = ReturnType<typeof simulateStripe>;

/** Every request gives the id of the object it was about, and throws where Stripe would refuse it. */
export function simulateStripe(options: Options) {
  const sandbox = openSandbox(options);
  return {
    /** Sent so far, in order; to be read, not changed. */
    events: sandbox.events,
    /** Seconds since the epoch. */
    now: () => sandbox.now,
    /** Lets so many seconds pass, with all that falls due in them. */
    advance: (seconds: number) => advance(sandbox, seconds),
    ...requests(sandbox),
    /** What billing state must be by now. */
    truth: () => truthOf(sandbox),
    /** What was paid and refunded by now. */
    ledger: () => ledgerOf(sandbox),
    /** The object as it is now, a stub where it is deleted, or undefined where there is none. */
    retrieve: (type: string, id: string) => retrieve(sandbox, type, id),
  };
}

function requests(sandbox: Sandbox) {
  const by = asking(sandbox);
  return {
    products: {
      create: by(Catalog.createProduct),
      update: by(Catalog.updateProduct),
      delete: by(Catalog.deleteProduct),
    },
    prices: { create: by(Catalog.createPrice), update: by(Catalog.updatePrice) },
    customers: {
      create: by(Customers.createCustomer),
      update: by(Customers.updateCustomer),
      setCard: by(Customers.setCard),
      delete: by(Customers.deleteCustomer),
    },
    ...recurring(sandbox),
    ...payments(sandbox),
  };
}

function recurring(sandbox: Sandbox) {
  const by = asking(sandbox);
  return {
    subscriptions: {
      create: by(Subscriptions.createSubscription),
      update: by(Subscriptions.updateSubscription),
      /** Another price or quantity; what makes it dearer is charged at once. */
      change: by(changeItem),
      cancelAtPeriodEnd: by(Subscriptions.cancelAtPeriodEnd),
      keep: by(Subscriptions.keepSubscription),
      cancel: by(Subscriptions.cancelSubscription),
      pauseCollection: by(Subscriptions.pauseCollection),
      resumeCollection: by(Subscriptions.resumeCollection),
      resume: by(Subscriptions.resumeSubscription),
    },
    invoices: {
      create: by(createInvoice),
      finalize: by((known, id: string) => finalizeInvoice(known, find(known, "invoice", id))),
      pay: by((known, id: string) => collect(known, find(known, "invoice", id))),
      void: by(voidInvoice),
      markUncollectible: by(markUncollectible),
    },
  };
}

function payments(sandbox: Sandbox) {
  const by = asking(sandbox);
  return {
    paymentIntents: {
      create: by(Payments.createPayment),
      confirm: by(Payments.confirmPayment),
      cancel: by((known, id: string) => Payments.cancelPayment(known, id)),
    },
    refunds: { create: by(Refunds.createRefund), fail: by(Refunds.failRefund) },
    checkout: {
      create: by(Checkout.createCheckout),
      complete: by(Checkout.completeCheckout),
      /** How a payment that takes days comes out. */
      settle: by(Checkout.settleCheckout),
      expire: by(Checkout.expireCheckout),
    },
  };
}

/** Makes an API request of what changes an object. */
function asking(sandbox: Sandbox) {
  return <Args extends unknown[]>(run: (sandbox: Sandbox, ...args: Args) => StripeRecord) =>
    (...args: Args): string =>
      requested(sandbox, () => run(sandbox, ...args).id);
}

function retrieve(sandbox: Sandbox, type: string, id: string): StripeObject | undefined {
  const record = sandbox.entries.get(id)?.record;
  if (record?.object !== type) return undefined;
  if ("deleted" in record && record.deleted) return { id, object: type, deleted: true };
  return render(record, sandbox);
}
