// All that was ever true in a history of the simulated Stripe: every row of the truth, as it stood after each event.
import { accessOf } from "@stripe-lanes/core/access";
import type { ProfileState } from "@stripe-lanes/core/nouns/profile";
import type { Sandbox } from "../stripe/sandbox.ts";
import type { Traffic } from "../stripe/traffic.ts";
import { type TruthRow, truthOf } from "../stripe/truth.ts";
import { type HistoryOptions, historyOf } from "./simulated.ts";

/** What rows and facts may claim: that something was so at some moment of a history. */
export type Ever = {
  /** Of an object, each standing that it had, in the order it had them. */
  standings(noun: string, id: string): readonly TruthRow[];
  /** Of all objects of a noun. */
  all(noun: string): readonly (readonly TruthRow[])[];
};

/** A history with all that was ever true in it. */
export function historyWithMoments(options: HistoryOptions): Traffic & { ever: Ever } {
  const standings = new Map<string, TruthRow[]>();
  const history = historyOf(options, (sandbox) =>
    onEachEvent(sandbox, () => keep(standings, truthOf(sandbox))),
  );
  return {
    ...history,
    ever: {
      standings: (noun, id) => standings.get(nameOf({ noun, id })) ?? [],
      all: (noun) => [...standings.values()].filter(([first]) => first?.noun === noun),
    },
  };
}

function onEachEvent({ events }: Sandbox, look: () => void): void {
  const push = events.push.bind(events);
  events.push = (...sent) => {
    const length = push(...sent);
    look();
    return length;
  };
}

function keep(standings: Map<string, TruthRow[]>, rows: TruthRow[]): void {
  for (const row of rows) {
    const known = standings.get(nameOf(row)) ?? [];
    standings.set(nameOf(row), known);
    if (JSON.stringify(known.at(-1)) !== JSON.stringify(row)) known.push(row);
  }
}

function nameOf({ noun, id }: Pick<TruthRow, "noun" | "id">): string {
  return `${noun}\n${id}`;
}

/** Whether an object ever was so. */
export function everWas(standings: readonly TruthRow[], isSo: (row: TruthRow) => boolean): boolean {
  return standings.some(isSo);
}

/** Whether an object ever was so, having been otherwise before. */
export function everBecame(
  standings: readonly TruthRow[],
  was: (row: TruthRow) => boolean,
  is: (row: TruthRow) => boolean,
): boolean {
  const first = standings.findIndex(was);
  return first >= 0 && standings.slice(first + 1).some(is);
}

/** The most that a number of its state ever was; 0 where it never was one. */
export function most(standings: readonly TruthRow[], member: string): number {
  return Math.max(0, ...standings.map(({ state }) => Number(state[member] ?? 0)));
}

/** Whether the customer may ever have come in, at the second that is best for them. */
export function isGranted({ state }: { state: unknown }): boolean {
  return accessOf(state as ProfileState, { now: 0 }).granted;
}

/** Whether the customer is refused, and nothing unseen could change that. */
export function isRefusedForCertain({ state }: { state: unknown }): boolean {
  const { granted, certain } = accessOf(state as ProfileState, { now: Number.MAX_SAFE_INTEGER });
  return !granted && certain;
}
