// Which of core's sets of lanes a stage has.
import type { LaneSet } from "@stripe-lanes/core/lanes";
import type { Settings } from "./settings.ts";

/** A connected account's thin events are in the thin set. */
export function laneSets({ payloads, connect }: Pick<Settings, "payloads" | "connect">): LaneSet[] {
  const ofSnapshots: LaneSet[] = connect ? ["snapshot", "connect"] : ["snapshot"];
  return payloads.flatMap((payload) => (payload === "snapshot" ? ofSnapshots : ["thin"]));
}
