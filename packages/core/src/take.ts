// Takes a message in: what event it carries, whether it is ours, and whether it can be handled at all.
import { secondsAhead } from "./ahead.ts";
import type { Delivery } from "./decide.ts";
import { checkSource, type Opened, openBody, refusedFrom } from "./envelope.ts";
import { Defect, Malformed } from "./errors.ts";
import { eventFrom, type StripeEvent } from "./event.ts";
import { needsStripe } from "./judge-thin.ts";
import { isOurs, type Mode } from "./mode.ts";
import type { Message } from "./ports.ts";

export type TakeOptions = {
  /** Starts the keys of everything that no Connect account owns. */
  tenant: string;
  mode: Mode;
  /** Whether Stripe can be asked for the object that a thin event only names. */
  canFetch: boolean;
  /** Seconds since the epoch. */
  now: number;
};

export type Taken =
  | { message: Message; delivery: Delivery }
  | { message: Message; refusal: Malformed | Defect; event?: StripeEvent };

export function take(message: Message, options: TakeOptions): Taken {
  let event: StripeEvent | undefined;
  try {
    const envelope = openBody(message.body);
    const carried = eventIn(envelope);
    checkAccount(carried, options);
    event = carried;
    checkSource(envelope);
    return { message, delivery: deliveryOf(message, event, options) };
  } catch (error) {
    const refusal = error instanceof Malformed ? error : Defect.of(error);
    return { message, refusal, ...(event && { event }) };
  }
}

function eventIn(envelope: Opened): StripeEvent {
  try {
    return eventFrom(envelope.json);
  } catch (error) {
    throw error instanceof Malformed ? refusedFrom(envelope, error) : error;
  }
}

function deliveryOf({ id, receives }: Message, event: StripeEvent, options: TakeOptions): Delivery {
  const isForeign = !isOurs(event, options.mode);
  if (!isForeign) checkTime(event, options);
  if (!isForeign && event.kind === "thin" && !options.canFetch && needsStripe(event)) {
    throw new Malformed("no-stripe-key", "A thin event's object must be fetched, and no Stripe key is set.");
  }
  return { id, event, tenant: tenantOf(event, options), receives, isForeign };
}

const STRIPE_ACCOUNT = /^acct_/;

/**
 * An account that goes by the platform's tenant would write the platform's rows, its ledger included. It is none of
 * Stripe's; a tenant that is named as Stripe names accounts is that account (D16).
 */
function checkAccount({ account }: StripeEvent, { tenant }: TakeOptions): void {
  if (account !== tenant || STRIPE_ACCOUNT.test(tenant)) return;
  throw new Malformed("not-an-event", "The event's \"account\" is the name of this stage's own tenant.");
}

/** Of test clocks an event may be years ahead; in live mode it would hold its object until then. */
function checkTime(event: StripeEvent, { mode, now }: TakeOptions): void {
  const ahead = secondsAhead(event, now);
  if (mode !== "live" || ahead === 0) return;
  throw new Malformed("from-the-future", `The event's "created" is ${ahead} s ahead of the clock.`);
}

/** The Connect account an event comes from is its tenant; `metadata.tenant_id` can change and is none (D16). */
export function tenantOf({ account }: StripeEvent, { tenant }: Pick<TakeOptions, "tenant">): string {
  return account ?? tenant;
}
