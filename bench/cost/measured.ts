// What was measured: the files that the benchmark leaves, and a sample.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Mistake } from "@stripe-lanes/ops/mistake";
import type { Results } from "../results.ts";
import { type Baseline, type Design, type Quantities, quantitiesOf } from "./quantities.ts";
import { takeSample } from "./sample.ts";

/**
 * What the model reckons with: from results.json and baseline.json of that folder, and from a sample that is taken now.
 * @throws Mistake where a file is missing, is no JSON object, or lacks a figure.
 */
export async function quantitiesIn(folder: string): Promise<Record<Design, Quantities>> {
  const results = jsonIn(folder, "results.json", "--document") as Results;
  const baseline = jsonIn(folder, "baseline.json", "--check --accept") as Baseline;
  return quantitiesOf({ results, baseline, sample: await takeSample() });
}

/** @param how the option with which the benchmark writes it */
function jsonIn(folder: string, name: string, how: string): object {
  const path = join(folder, name);
  const written = `npm run bench -- ${how} writes it`;
  if (!existsSync(path)) throw new Mistake(`There is no bench/${name} yet: ${written}.`);
  const found = parsed(readFileSync(path, "utf8"));
  if (typeof found === "object" && found !== null) return found;
  throw new Mistake(`bench/${name} is broken: ${written}.`);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
