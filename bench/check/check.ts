// `npm run bench -- --check`: what no machine changes, against what is committed.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Mistake } from "@stripe-lanes/ops/mistake";
import { type Figures, measureFigures } from "./figures.ts";
import { adviceOn, verdictsOf, verdictsText } from "./verdicts.ts";

const BASELINE = new URL("../baseline.json", import.meta.url);

const SUCCESS = 0;
const WORSE = 1;

/**
 * Gives the exit code: 1 where a figure got worse or is over its bar. With `accept` what is measured is what is
 * committed next, but for a figure that is over its bar.
 */
export async function check({ accept }: { accept: boolean }): Promise<number> {
  const measured = await measureFigures();
  const isOver = verdictsOf(measured, measured).some(({ verdict }) => verdict === "over");
  if (accept && !isOver) writeFileSync(BASELINE, `${JSON.stringify(measured, null, 2)}\n`);
  const verdicts = verdictsOf(committedFigures(), measured);
  console.log(`${verdictsText(verdicts)}\n\n${adviceOn(verdicts)}`);
  return verdicts.some(({ verdict }) => verdict === "worse" || verdict === "over") ? WORSE : SUCCESS;
}

/** @throws Mistake where nothing is committed yet. */
export function committedFigures(): Figures {
  if (!existsSync(BASELINE)) {
    throw new Mistake("There is no bench/baseline.json: npm run bench -- --check --accept writes it.");
  }
  return JSON.parse(readFileSync(BASELINE, "utf8")) as Figures;
}
