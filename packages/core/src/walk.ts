// Events of one second laid out as one walk, each finding the state that the one before it left (D4).

/** One event as a step: `found` is null where the event does not tell what it found. */
export type Step = { found: string | null; left: string };

export type Walk = {
  /** The state in which every possible walk ends. */
  end: string;
  /** Whether it comes back to a state it had left, so that a step that is missing could hide in it. */
  returns: boolean;
};

/** The walk of all steps, if all such walks end alike; null where they do not, or none is possible. */
export function walkOf(steps: Step[]): Walk | null {
  const alike = new Set(steps.map(({ left }) => left));
  if (alike.size === 1) return { end: steps[0]?.left as string, returns: false };
  const [end, ...others] = ends(steps);
  return end === undefined || others.length > 0 ? null : { end, returns: returns(steps) };
}

/**
 * The states in which walks can end, found over all subsets of steps: `reachable[taken]` has a bit for each
 * step that can end a walk of exactly the steps in `taken`. At most 2^8 subsets of 8 steps.
 */
function ends(steps: Step[]): Set<string> {
  const reachable = new Uint16Array(1 << steps.length);
  steps.forEach((_, first) => {
    reachable[1 << first] = 1 << first;
  });
  const kinds = kindsOf(steps);
  const last = reachable.keys().reduce((found, taken) => {
    extend(steps, reachable, taken);
    const isWhole = kinds.every((kind) => (kind & taken) !== 0);
    return isWhole ? found | (reachable[taken] as number) : found;
  }, 0);
  return new Set(steps.filter((_, step) => last & (1 << step)).map(({ left }) => left));
}

/**
 * Stripe may send two events for one change ("Handle duplicate events", docs.stripe.com/webhooks), so steps that
 * tell the same are of one kind, and a walk is whole with one of each: a copy may be left out, or have happened.
 */
function kindsOf(steps: Step[]): number[] {
  const kinds = new Map<string, number>();
  steps.forEach(({ found, left }, step) => {
    const name = found === null ? `step ${step}` : `${found}>${left}`;
    kinds.set(name, (kinds.get(name) ?? 0) | (1 << step));
  });
  return [...kinds.values()];
}

function extend(steps: Step[], reachable: Uint16Array, taken: number): void {
  steps.forEach((from, last) => {
    if (!((reachable[taken] as number) & (1 << last))) return;
    steps.forEach((to, next) => {
      const follows = !(taken & (1 << next)) && (to.found === null || to.found === from.left);
      if (follows) reachable[taken | (1 << next)] = (reachable[taken | (1 << next)] as number) | (1 << next);
    });
  });
}

/** A walk without returns leads to each state once, and starts at one that no step leads to. */
function returns(steps: Step[]): boolean {
  const moves = steps.filter(({ found, left }) => found !== null && found !== left);
  const kinds = new Set(moves.map(({ found, left }) => `${found}>${left}`));
  const left = new Set(moves.map((move) => move.left));
  const startsAtNone = moves.length > 0 && moves.every(({ found }) => left.has(found as string));
  return left.size < kinds.size || startsAtNone;
}
