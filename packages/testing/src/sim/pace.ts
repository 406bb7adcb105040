// How fast a process is: as a rule at once, some days slow, and now and then it stalls.
import type { World } from "./world.ts";

/** Milliseconds of a stall: longer than the visibility timeout of 90 seconds. */
const STALL = 200_000;

/** How the process gets on: `before` passes before each of its requests. */
export type Pace = { stalls: boolean; before(): Promise<void> };

/** @param stalled called when it stalls, which others take for its death */
export function paceOf(world: World, stalled: () => void): Pace {
  const { clock, chance } = world;
  const stalls = chance.strikes("stalled");
  const slows = !stalls && chance.strikes("slowed");
  let due = stalls ? chance.of("stall").integer(6) : Number.POSITIVE_INFINITY;
  return {
    stalls,
    async before() {
      if (due-- === 0) {
        stalled();
        await clock.sleep(STALL / 2 + chance.of("stall").integer(STALL / 2));
      }
      if (slows) await clock.sleep(chance.of("slow").integer(4_000));
    },
  };
}
