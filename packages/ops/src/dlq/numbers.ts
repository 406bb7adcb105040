// Whole numbers as a person types them.
import { Mistake } from "../mistake.ts";

/** @throws Mistake where it is none, or out of bounds */
export function whole(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Mistake(`${option} takes a whole number from ${least} to ${most}, not "${text}".`);
}
