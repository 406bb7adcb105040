// What happened to an alert: a customer's usage reached it.
import type { AlertState } from "../nouns/alert.ts";
import { type Change, type Told, told } from "./fact.ts";

type Reached = Omit<AlertState, "customer">;

/** `triggeredAt` is in seconds since the epoch, `value` and `threshold` in the meter's units. */
export type AlertFacts = {
  /** A customer used as much as the alert was set for. */
  "alert.triggered": Reached;
};

export function alertFacts({ was, is }: Change<AlertState>): Told<AlertFacts>[] {
  const { customer: _, ...reached } = is;
  const isLater = was === null || (is.triggeredAt ?? 0) > (was.triggeredAt ?? 0);
  return told<AlertFacts>({ "alert.triggered": isLater && reached });
}
