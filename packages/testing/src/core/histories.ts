// Any history that money and stock are tried on. Each is told once, and every property looks at what came of it.
import { isViewOf, type RowNoun, type View, type ViewOf } from "@stripe-lanes/core/view";
import fc from "fast-check";
import { expect, it } from "vitest";
import { seeded } from "../random.ts";
import { API_VERSIONS } from "../stripe/api-versions.ts";
import type { Traffic } from "../stripe/traffic.ts";
import {
  deliver,
  type HistoryOptions,
  historyOf,
  nothingTold,
  shuffledWithCopies,
  type Told,
  viewsOf,
} from "./simulated.ts";

/** LONG=1 tries many more and longer histories. */
export const IS_LONG = process.env.LONG === "1";

const RUNS = IS_LONG ? 150 : 16;
const TIMEOUT = RUNS * 10_000;

/** Of two, no and three decimals ("Supported currencies", docs.stripe.com/currencies). */
export const CURRENCIES = ["usd", "jpy", "kwd"] as const;

const anyHistory: fc.Arbitrary<HistoryOptions> = fc.record({
  seed: fc.noShrink(fc.nat()),
  apiVersion: fc.constantFrom(...API_VERSIONS),
  currency: fc.constantFrom(...CURRENCIES),
  actions: fc.integer({ min: 10, max: IS_LONG ? 300 : 120 }),
});

/** What happened, what a subscriber was told of it, and how the rows read in the end. */
export type Run = Told & Traffic & { views: View[] };

export async function runOf(options: HistoryOptions): Promise<Run> {
  const history = historyOf(options);
  const told = nothingTold();
  const random = seeded(options.seed + 1);
  await deliver(shuffledWithCopies(history.events, random), random, told);
  return { ...history, ...told, views: viewsOf(told.store) };
}

const runs = new Map<string, Promise<Run>>();

type Check = (run: Run, options: HistoryOptions) => void | Promise<void>;

export function always(sentence: string, check: Check): void {
  it(sentence, { timeout: TIMEOUT }, () => forEveryHistory(check));
}

/** At some time in one of the histories. */
export function sometimes(sentence: string, isSo: (run: Run) => boolean): void {
  it(sentence, { timeout: TIMEOUT }, async () => {
    let times = 0;
    await forEveryHistory((run) => {
      times += isSo(run) ? 1 : 0;
    });
    expect(times).toBeGreaterThan(0);
  });
}

function forEveryHistory(check: Check): Promise<void> {
  const property = fc.asyncProperty(anyHistory, async (options) => {
    const name = JSON.stringify(options);
    const run = runs.get(name) ?? runOf(options);
    runs.set(name, run);
    await check(await run, options);
  });
  return fc.assert(property, { numRuns: RUNS, seed: 17 });
}

export function viewsIn<N extends RowNoun>(views: View[], noun: N): ViewOf<N>[] {
  return views.flatMap((view) => {
    if (view.noun === "stock" || view.noun === "reference") return [];
    return isViewOf(noun, view) ? [view] : [];
  });
}
