// `npm run bench -- --check`: what no machine changes, against what is committed.
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Mistake } from "@stripe-lanes/ops/mistake";
import { type Figures, measureFigures } from "./figures.ts";
import { type Verdict, verdictsOf, verdictsText } from "./verdicts.ts";

const BASELINE = new URL("../baseline.json", import.meta.url);

const SUCCESS = 0;
const WORSE = 1;

/** Gives the exit code: 1 where a figure got worse. With `accept` what is measured is what is committed next. */
export async function check({ accept }: { accept: boolean }): Promise<number> {
  const measured = await measureFigures();
  if (accept) writeFileSync(BASELINE, `${JSON.stringify(measured, null, 2)}\n`);
  const verdicts = verdictsOf(committedFigures(), measured);
  console.log(
    `  of an event${"committed".padStart(26)} ${"measured".padStart(10)}\n${verdictsText(verdicts)}`,
  );
  console.log(`\n${said(verdicts)}`);
  return verdicts.some(({ verdict }) => verdict === "worse") ? WORSE : SUCCESS;
}

/** @throws Mistake where nothing is committed yet. */
export function committedFigures(): Figures {
  if (!existsSync(BASELINE)) {
    throw new Mistake("There is no bench/baseline.json: npm run bench -- --check --accept writes it.");
  }
  return JSON.parse(readFileSync(BASELINE, "utf8")) as Figures;
}

/** The last line, which says what to do. */
function said(verdicts: Verdict[]): string {
  const named = (wanted: Verdict["verdict"]) =>
    verdicts.filter(({ verdict }) => verdict === wanted).map(({ figure }) => figure);
  const accept = "npm run bench -- --check --accept";
  const [worse, better] = [named("worse"), named("better")];
  if (worse.length > 0) return `Worse: ${worse.join(", ")}. If that is worth it, ${accept} commits to it.`;
  if (better.length > 0) return `Better: ${better.join(", ")}. Keep it so with ${accept}.`;
  return "Nothing got worse.";
}
