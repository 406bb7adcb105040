// The plan that --plan gives, as JSON or in a file: what a failing run printed.
import { existsSync, readFileSync } from "node:fs";
import { nearest } from "@stripe-lanes/core/nearest";
import { FAULT_NAMES } from "@stripe-lanes/testing/sim/faults";
import { type Plan, planOf } from "@stripe-lanes/testing/sim/plan";
import { Mistake } from "../mistake.ts";

/** @throws Mistake for what is no plan. */
export function givenPlan(text: string): Plan {
  return checked(objectIn(text.trimStart().startsWith("{") ? text : contentOf(text)));
}

function contentOf(file: string): string {
  if (!existsSync(file)) throw new Mistake(`There is no file ${file}, and --plan takes a file or JSON.`);
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new Mistake(`--plan cannot read ${file}: ${(error as Error).message}.`);
  }
}

function objectIn(text: string): Record<string, unknown> {
  const found = parsed(text);
  if (isObject(found)) return found;
  throw new Mistake("--plan takes a plan as JSON, as a failing run prints it.");
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const FRACTIONS: readonly string[] = ["days", "ledgerDays"];

/** It has what a drawn plan has, and no more. */
function checked(found: Record<string, unknown>): Plan {
  const drawn: Record<string, unknown> = planOf({ seed: 1, events: 1 });
  const unknown = Object.keys(found).find((name) => !(name in drawn));
  if (unknown !== undefined) throw new Mistake(`A plan has no "${unknown}".`);
  for (const name of Object.keys(drawn)) {
    if (!isAlike(name, found[name], drawn[name]))
      throw new Mistake(`The plan's "${name}" is missing or wrong.`);
  }
  checkFaults(found.chances as Record<string, unknown>);
  return found as Plan;
}

function isAlike(name: string, value: unknown, drawn: unknown): boolean {
  if (name === "account") return value === null || typeof value === "string";
  if (name === "chances") return isObject(value);
  if (typeof value !== "number" || typeof drawn !== "number") return typeof value === typeof drawn;
  if (FRACTIONS.includes(name)) return Number.isFinite(value) && value > 0;
  return Number.isSafeInteger(value) && value >= (name === "seed" ? 0 : 1);
}

function checkFaults(chances: Record<string, unknown>): void {
  for (const [name, share] of Object.entries(chances)) {
    if (!(FAULT_NAMES as string[]).includes(name)) {
      throw new Mistake(`There is no fault "${name}"; did you mean "${nearest(name, FAULT_NAMES)}"?`);
    }
    if (typeof share !== "number" || !(share >= 0 && share <= 1)) {
      throw new Mistake(`The plan's share of "${name}" is a number from 0 to 1.`);
    }
  }
}
