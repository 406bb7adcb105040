// A stateful Stripe in memory: requests change its objects, time passes when it is told to, and it sends the
// events that Stripe would. It reads no clock and no randomness but its seed's.
import { asking } from "./asking.ts";
import { billingRequests } from "./billing-requests.ts";
import * as Customers from "./customers.ts";
import type { StripeObject } from "./event.ts";
import { moneyRequests } from "./money-requests.ts";
import { openPortal } from "./portal.ts";
import { render } from "./render.ts";
import { advance, keyOf, type Options, openSandbox, type Sandbox } from "./sandbox.ts";
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
    customers: {
      create: by(Customers.createCustomer),
      update: by(Customers.updateCustomer),
      setCard: by(Customers.setCard),
      delete: by(Customers.deleteCustomer),
    },
    portal: { open: by(openPortal) },
    ...billingRequests(sandbox),
    ...moneyRequests(sandbox),
  };
}

function retrieve(sandbox: Sandbox, type: string, id: string): StripeObject | undefined {
  const record = sandbox.entries.get(keyOf({ object: type, id }))?.record;
  if (record?.object !== type) return undefined;
  if ("deleted" in record && record.deleted) return { id, object: type, deleted: true };
  return render(record, sandbox);
}
