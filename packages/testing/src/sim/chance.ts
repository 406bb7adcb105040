// Chance in the simulation: a stream of its own for each purpose, so that a fault left out moves no other.
import { type Random, seeded } from "../random.ts";
import type { FaultName } from "./faults.ts";

/** The share of its occasions at which each fault strikes; one that is missing never does. */
export type Chances = Partial<Record<FaultName, number>>;

export type Chance = {
  /** The stream of one purpose: the same for the same seed and name. */
  of(purpose: string): Random;
  /** Whether a fault strikes now; it is counted where it does. */
  strikes(fault: FaultName): boolean;
  /** How often each struck. */
  struck: Map<FaultName, number>;
  /** From now on nothing strikes any more. */
  calm(): void;
  isCalm(): boolean;
};

export function chanceOf(seed: number, chances: Chances): Chance {
  const streams = new Map<string, Random>();
  const of = (purpose: string) => {
    const stream = streams.get(purpose) ?? seeded(mixed(seed, purpose));
    streams.set(purpose, stream);
    return stream;
  };
  const struck = new Map<FaultName, number>();
  let calm = false;
  return {
    of,
    struck,
    strikes(fault) {
      const share = chances[fault];
      if (calm || share === undefined || !of(fault).chance(share)) return false;
      struck.set(fault, (struck.get(fault) ?? 0) + 1);
      return true;
    },
    calm() {
      calm = true;
    },
    isCalm: () => calm,
  };
}

/** FNV-1a over the name, begun with the seed. */
export function mixed(seed: number, name: string): number {
  let hash = (seed ^ 0x811c9dc5) >>> 0;
  for (let index = 0; index < name.length; index++) {
    hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193) >>> 0;
  }
  return hash;
}
