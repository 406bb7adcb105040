// The part of docs/reliability.md that a run writes: every fault with how often it was survived, and the command.
import { existsSync, readFileSync } from "node:fs";
import { FAULT_NAMES, FAULTS } from "@stripe-lanes/testing/sim/faults";
import { betweenMarks, marksOf } from "../marks.ts";
import { Mistake } from "../mistake.ts";
import { type Report, told } from "./report.ts";

const MARKS = marksOf("sim");

const MINUTES = [1, 2, 5, 10, 15, 30, 60];
const MEGABYTES = [250, 500, 1_000, 2_000];

/** The text around the marks. @throws Mistake where the file has none. */
export function documentIn(file: string): (between: string) => string {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const written = betweenMarks(text, MARKS);
  if (written) return written;
  throw new Mistake(`--document takes a file with a line ${MARKS.begin} and, after it, a line ${MARKS.end}.`);
}

/** Nothing in it changes when only the clock did: how long it took and how much it needed are said as bounds. */
export function tableOf(report: Report, command: string): string {
  const { events, histories, days, faults, seconds, peakMemoryMegabytes, violations, lost } = report;
  const rows = FAULT_NAMES.map((name) => {
    const { by, does } = FAULTS[name];
    return `| ${by} | ${does} | \`${name}\` | ${told(report.struck[name])} |`;
  });
  return [
    `\`${command}\``,
    "",
    `${told(events)} events in ${told(histories)} histories of ${told(days)} days together: ${told(report.applied)} applied,`,
    `${told(report.superseded)} superseded, ${told(report.ignored)} ignored, ${told(lost)} lost; ${told(report.duplicate)} deliveries were duplicates, and`,
    `${told(report.parked)} messages that could never be handled ended parked. Survived ${told(faults)} faults with ${told(violations)} violations,`,
    `in under ${told(bound(seconds / 60, MINUTES))} min and with under ${told(bound(peakMemoryMegabytes, MEGABYTES))} MB of memory.`,
    "",
    "| who | does what | name | times survived |",
    "|---|---|---|---:|",
    ...rows,
  ].join("\n");
}

function bound(value: number, bounds: readonly number[]): number {
  return bounds.find((one) => value < one) ?? Math.ceil(value);
}
