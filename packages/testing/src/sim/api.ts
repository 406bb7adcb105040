// Stripe's API in a history: slow, refused, down, asked with a wrong key, and never newer than when it was asked.
import { isForEvent } from "@stripe-lanes/core/doubt";
import { Malformed, Unavailable } from "@stripe-lanes/core/errors";
import type { StripeObject } from "@stripe-lanes/core/event";
import type { FetchRequest } from "@stripe-lanes/core/fetch";
import type { Stripe } from "@stripe-lanes/core/ports";
import type { CheckoutSession } from "../stripe/records.ts";
import { render } from "../stripe/render.ts";
import { keyOf, type Sandbox } from "../stripe/sandbox.ts";
import type { StripeKey } from "./key.ts";
import { snapshotIdOf } from "./thin.ts";
import { travel, type World } from "./world.ts";

const SECOND = 1_000;
/** Milliseconds of a request to Stripe and back. */
const REQUEST = 200;

/** An answer shows the object as it was when it was asked for, however late it comes. */
export function apiOf(world: World, sandbox: Sandbox, key: StripeKey): Stripe {
  const { clock, chance } = world;
  return {
    async fetch(request) {
      const asked = clock.now();
      await travel(world, REQUEST);
      if (chance.strikes("api-refused")) throw new Unavailable("Stripe answers 429.");
      if (chance.strikes("api-failed")) throw new Unavailable("Stripe answers 500.");
      const object = allowed(request, key) ? found(request, sandbox) : null;
      if (chance.strikes("api-late")) await clock.sleep(chance.of("api").integer(3 * SECOND));
      const until = Math.floor(clock.now() / SECOND);
      await travel(world, REQUEST);
      return { object, second: until - Math.ceil((clock.now() - asked) / SECOND) - 1, until };
    },
  };
}

/** Whether the key is of this account. @throws Malformed where it may not read the object. */
function allowed(request: FetchRequest, key: StripeKey): boolean {
  const state = key.state();
  if (state === "wrong") {
    if (isForEvent(request)) key.failed("wrong-stripe-key");
    return false;
  }
  if (state === "right" || isForEvent(request)) return true;
  key.failed("stripe-key-forbidden");
  throw new Malformed("stripe-key-forbidden", "Stripe answers 403.");
}

function found(request: FetchRequest, sandbox: Sandbox): StripeObject | null {
  return isForEvent(request) ? event(sandbox, request) : retrieve(sandbox, request);
}

/** Stripe has every event of the last 30 days, by either of its names. */
function event({ events }: Sandbox, { objectType, id }: FetchRequest): StripeObject | null {
  const name = snapshotIdOf(id);
  return events.some((one) => one.id === name) ? { object: objectType, id } : null;
}

/** As its newest event showed it, or null where there is none any more. */
function retrieve(sandbox: Sandbox, { objectType, id }: FetchRequest): StripeObject | null {
  const shown = sandbox.entries.get(keyOf({ object: objectType, id }))?.shown;
  if (!shown || ("deleted" in shown && shown.deleted)) return null;
  const object = render(shown, sandbox) as StripeObject;
  return shown.object === "checkout.session" ? { ...object, line_items: linesOf(shown) } : object;
}

/** What comes to who asks for it. */
function linesOf({ lines }: CheckoutSession) {
  const data = lines.map(({ price, quantity }) => ({
    object: "item",
    price: { object: "price", id: price },
    quantity,
  }));
  return { object: "list", data, has_more: false };
}
