// The Stripe key of a history: now and then somebody sets another account's for hours, or takes rights from it.
import type { ParkNote } from "@stripe-lanes/core/ports";
import type { World } from "./world.ts";

/** `wrong` is another account's, which finds nothing of this one; `forbidden` may read events only. */
export type KeyState = "right" | "wrong" | "forbidden";

export type StripeKey = {
  state(): KeyState;
  /** From now on, and for hours at the most. */
  becomes(state: KeyState): void;
  /** It did not find an event, or may not read an object. */
  failed(at: "wrong-stripe-key" | "stripe-key-forbidden"): void;
  /** Whether a message was parked for what the key had just not found or read. */
  deserves(note: Pick<ParkNote, "reason">): boolean;
};

const HOUR = 3_600_000;
/** Milliseconds within which a process parks what it was refused, though it may stall before it does. */
const SOON = HOUR;

export function stripeKeyOf({ clock, chance }: World): StripeKey {
  let current: KeyState = "right";
  const failures = new Map<string, number>();
  return {
    // Where nothing goes wrong any more, the right key is back.
    state: () => (chance.isCalm() ? "right" : current),
    becomes(state) {
      current = state;
      clock.after(chance.of("key").integer(6 * HOUR), () => {
        current = "right";
      });
    },
    failed: (reason) => void failures.set(reason, clock.now()),
    deserves: ({ reason }) => clock.now() - (failures.get(reason) ?? Number.NEGATIVE_INFINITY) < SOON,
  };
}
