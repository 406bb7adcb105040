// Stripe's API in a history: slow, refused, down, and never newer than when it was asked.
import { Unavailable } from "@stripe-lanes/core/errors";
import type { StripeObject } from "@stripe-lanes/core/event";
import type { Stripe } from "@stripe-lanes/core/ports";
import { render } from "../stripe/render.ts";
import { keyOf, type Sandbox } from "../stripe/sandbox.ts";
import { travel, type World } from "./world.ts";

const SECOND = 1_000;
/** Milliseconds of a request to Stripe and back. */
const REQUEST = 200;

/** An answer shows the object as it was when it was asked for, however late it comes. */
export function apiOf(world: World, sandbox: Sandbox): Stripe {
  const { clock, chance } = world;
  return {
    async fetch({ objectType, id }) {
      const asked = clock.now();
      await travel(world, REQUEST);
      if (chance.strikes("api-refused")) throw new Unavailable("Stripe answers 429.");
      if (chance.strikes("api-failed")) throw new Unavailable("Stripe answers 500.");
      const object = retrieve(sandbox, objectType, id);
      if (chance.strikes("api-late")) await clock.sleep(chance.of("api").integer(3 * SECOND));
      const until = Math.floor(clock.now() / SECOND);
      await travel(world, REQUEST);
      return { object, second: until - Math.ceil((clock.now() - asked) / SECOND) - 1, until };
    },
  };
}

/** As its newest event showed it, or null where there is none any more. */
function retrieve(sandbox: Sandbox, object: string, id: string): StripeObject | null {
  const shown = sandbox.entries.get(keyOf({ object, id }))?.shown;
  if (!shown || ("deleted" in shown && shown.deleted)) return null;
  return render(shown, sandbox) as StripeObject;
}
