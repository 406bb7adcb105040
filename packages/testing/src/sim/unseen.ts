// What nobody can know of subscriptions that only thin events tell of: how they stood before they were fetched.
import type { TruthRow } from "../stripe/truth.ts";

type State = TruthRow["state"];

/**
 * The truth without what only a state in between has told: that a subscription was active once, and since when it is
 * overdue. That it never was, or is not, stays: nothing may claim it.
 */
export function withoutUnseen(truth: readonly TruthRow[]): TruthRow[] {
  return truth.map((row) => ({ ...row, state: seen(row) }));
}

function seen({ noun, state }: TruthRow): State {
  if (noun === "subscription") return without(state, "activated");
  if (noun !== "profile") return state;
  const entries = state.subscriptions as State[];
  return { ...state, subscriptions: entries.map((entry) => without(entry, "unpaidSince")) };
}

function without(state: State, name: string): State {
  const { [name]: value, ...others } = state;
  return value === undefined || value === null ? state : others;
}
