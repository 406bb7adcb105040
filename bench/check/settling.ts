// Handles batches of which every event must come to its end: a figure of events that did not is none.
import { handleBatch } from "@stripe-lanes/core/batch";
import type { Ports } from "@stripe-lanes/core/ports";
import { messagesOf } from "@stripe-lanes/testing/events";
import { TEST_OPTIONS } from "@stripe-lanes/testing/ports";

/** @throws Error for an event that is not settled */
export async function settleAll(batches: readonly string[][], ports: Ports): Promise<void> {
  for (const bodies of batches) {
    const results = await handleBatch(messagesOf(...bodies), ports, TEST_OPTIONS);
    const open = results.find(({ kind }) => kind !== "settled");
    if (open) throw new Error(`The event ${open.event?.id} did not settle.`, { cause: open });
  }
}
