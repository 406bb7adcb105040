// One run of the simulation: its histories, its progress, its report, and what a failure looks like.
import { writeFileSync } from "node:fs";
import { runHistory } from "@stripe-lanes/testing/sim/history";
import type { Run } from "@stripe-lanes/testing/sim/runner";
import { runPlans } from "@stripe-lanes/testing/sim/simulate";
import { faultsIn, noTotals, type Totals } from "@stripe-lanes/testing/sim/totals";
import { interruption } from "../interrupt.ts";
import { checkOutputs } from "../output-file.ts";
import { showProgress } from "../progress.ts";
import { documentIn, tableOf } from "./document.ts";
import { tellFailures } from "./failure.ts";
import { type Options, plansFor } from "./options.ts";
import { commandFor, commandOf } from "./repeat.ts";
import { isFailure, type Report, reportOf, reportText, told } from "./report.ts";

const SUCCESS = 0;
const FAILURE = 1;
const INTERRUPTED = 130;

/** Gives the exit code. @throws Mistake for what a person can put right. */
export async function run(options: Options): Promise<number> {
  const { asked, given, trace, document } = options;
  checkOutputs({ "--trace": trace, "--document": document });
  const written = document === undefined ? undefined : documentIn(document);
  const interrupt = interruption();
  try {
    const { totals, report } = await simulated(options, interrupt.signal);
    await tellFailures(totals.failures, interrupt.signal);
    console.log(options.json ? JSON.stringify(report) : reportText(report, totals));
    if (interrupt.signal.aborted) return INTERRUPTED;
    if (isFailure(report)) return FAILURE;
    const command = given ? commandOf(given) : commandFor(asked);
    if (document !== undefined && written) writeFileSync(document, written(tableOf(report, command)));
    return SUCCESS;
  } finally {
    interrupt.release();
  }
}

type Simulated = { totals: Totals; report: Report };

async function simulated(options: Options, signal: AbortSignal): Promise<Simulated> {
  const { asked, given, parallel, trace } = options;
  const started = performance.now();
  let totals = noTotals();
  const progress = showProgress(() => standing(options, totals), process.stderr);
  try {
    totals = await runPlans(given ? [given] : plansFor(asked), {
      signal,
      onHistory: (_finished, soFar) => {
        totals = soFar;
      },
      ...(parallel !== undefined && { parallel }),
      ...(trace !== undefined && { run: tracing(trace) }),
    });
  } finally {
    progress.stop();
  }
  const seconds = (performance.now() - started) / 1000;
  const peakMemoryMegabytes = process.resourceUsage().maxRSS / 1024;
  return { totals, report: reportOf(totals, { seed: asked.seed, seconds, peakMemoryMegabytes }) };
}

function standing({ histories }: Options, totals: Totals) {
  const what = `histories, ${told(faultsIn(totals))} faults so far`;
  return { done: totals.histories, total: histories, what };
}

/** Writes what a history told even where it broke off. */
function tracing(file: string): Run {
  return async (plan) => {
    const lines: string[] = [];
    try {
      return await runHistory(plan, (line) => lines.push(line));
    } finally {
      writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
    }
  };
}
