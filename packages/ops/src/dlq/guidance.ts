// What a person is told of a reason for parking.
import { type Guidance, PARK_REASONS } from "@stripe-lanes/core/park-reasons";
import { NO_REASON } from "./filter.ts";
import type { Parked } from "./parked.ts";

const BY_THE_QUEUE: Guidance = {
  means: "The queue itself moved the message after too many receives; it may well be healthy.",
  nextStep: "Make sure that the worker runs, then redrive.",
  redrive: "after-code-change",
};

/** A newer worker's. */
const UNKNOWN: Guidance = {
  means: "This version does not know the reason.",
  nextStep: "Update your copy of the code to the worker's, then list again.",
  redrive: "after-code-change",
};

const KNOWN: Record<string, Guidance> = { ...PARK_REASONS, [NO_REASON]: BY_THE_QUEUE };

export function reasonOf({ reason }: Pick<Parked, "reason">): string {
  return reason ?? NO_REASON;
}

export function guidanceOf(parked: Pick<Parked, "reason">): Guidance {
  const reason = reasonOf(parked);
  return Object.hasOwn(KNOWN, reason) ? (KNOWN[reason] ?? UNKNOWN) : UNKNOWN;
}

/** Whether the same message would be parked again, whatever is changed. */
export function cannotBeRedriven(parked: Pick<Parked, "reason">): boolean {
  return guidanceOf(parked).redrive === "never";
}

/** Each reason among the messages once, the most frequent first. */
export function reasonsIn(messages: Parked[]): { reason: string; messages: number; guidance: Guidance }[] {
  const byReason = [...Map.groupBy(messages, reasonOf)];
  return byReason
    .map(([reason, all]) => ({ reason, messages: all.length, guidance: guidanceOf({ reason }) }))
    .toSorted((a, b) => b.messages - a.messages);
}
