// Which parked messages a command is about, as a person says it.

import { nearest } from "@stripe-lanes/core/nearest";
import { PARK_REASONS } from "@stripe-lanes/core/park-reasons";
import { Mistake } from "../mistake.ts";
import type { Parked } from "./parked.ts";

/** All that is said must hold; where nothing is said, every message is meant. */
export type Filter = {
  reason?: string;
  /** An event type, or the beginning of one with `*` at its end. */
  type?: string;
  customer?: string;
  /** Milliseconds since it was parked. */
  olderThan?: number;
  newerThan?: number;
  /** Of events or of messages: one of them. */
  ids?: string[];
};

export type FilterTexts = { [name in "reason" | "type" | "customer" | "older-than" | "newer-than"]?: string };

/** How a person asks for messages without a reason. */
export const NO_REASON = "none";

const REASONS = [...Object.keys(PARK_REASONS), NO_REASON];

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** @throws Mistake for a reason that there is not, and for a type or an age that cannot be read */
export function filterIn(texts: FilterTexts, ids: string[]): Filter {
  const { reason, type, customer } = texts;
  const olderThan = ageIn("--older-than", texts["older-than"]);
  const newerThan = ageIn("--newer-than", texts["newer-than"]);
  if (reason !== undefined) checkReason(reason);
  if (type !== undefined) checkType(type);
  if (customer === "") throw new Mistake("--customer takes the id of a customer.");
  if (olderThan !== undefined && newerThan !== undefined && olderThan >= newerThan)
    throw new Mistake("--older-than must be less than --newer-than; nothing is older and newer than that.");
  return {
    ...(reason !== undefined && { reason }),
    ...(type !== undefined && { type }),
    ...(customer !== undefined && { customer }),
    ...(olderThan !== undefined && { olderThan }),
    ...(newerThan !== undefined && { newerThan }),
    ...(ids.length > 0 && { ids }),
  };
}

function checkReason(reason: string): void {
  if (REASONS.includes(reason)) return;
  throw new Mistake(
    `--reason must be one of ${REASONS.join(", ")}; got "${reason}". Did you mean ${nearest(reason, REASONS)}?`,
  );
}

function checkType(type: string): void {
  if (/^[^*\s]+\*?$|^\*$/.test(type)) return;
  throw new Mistake(
    `--type takes an event type, or its beginning and a *, such as customer.*; got "${type}".`,
  );
}

function ageIn(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, number, unit] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  if (unit === undefined)
    throw new Mistake(`${option} takes an age such as 90s, 30m, 2h or 3d; got "${text}".`);
  return Number(number) * UNITS[unit as keyof typeof UNITS];
}

export function isSelective(filter: Filter): boolean {
  return Object.keys(filter).length > 0;
}

/** @param now milliseconds since the epoch */
export function matches(filter: Filter, parked: Parked, now: number): boolean {
  const { reason, type, customer, ids } = filter;
  if (reason !== undefined && reason !== (parked.reason ?? NO_REASON)) return false;
  if (type !== undefined && !isOfType(parked.eventType, type)) return false;
  if (customer !== undefined && customer !== parked.customer) return false;
  if (!isOfAge(filter, now - Date.parse(parked.parkedAt))) return false;
  return ids === undefined || idsOf(parked).some((id) => ids.includes(id));
}

function isOfType(actual: string | null, type: string): boolean {
  if (actual === null) return false;
  return type.endsWith("*") ? actual.startsWith(type.slice(0, -1)) : actual === type;
}

/** The clock of a local run may be ahead of ours: what is parked in our future has no age yet. */
function isOfAge({ olderThan, newerThan }: Filter, milliseconds: number): boolean {
  const age = Math.max(0, milliseconds);
  if (olderThan !== undefined && !(age > olderThan)) return false;
  return newerThan === undefined || age < newerThan;
}

export function idsOf({ id, eventId }: Parked): string[] {
  return eventId === null ? [id] : [id, eventId];
}

/** Those that no message has. */
export function missingIds({ ids = [] }: Filter, found: Parked[]): string[] {
  const there = new Set(found.flatMap(idsOf));
  return ids.filter((id) => !there.has(id));
}

export function notParked(ids: string[]): string {
  return `${ids.join(", ")} ${ids.length === 1 ? "is" : "are"} not parked.`;
}
