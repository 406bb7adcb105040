import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answered, deleted, pollerOf, received, wake } from "./fixtures/commands.ts";
import { type PollerCommand, type PollerEffect, stepPoller } from "./poller.ts";

/** Milliseconds. */
const VISIBILITY = 5_000;

describe("whatever happens, in any order", () => {
  type Happening = { kind: "wake" | "receive" | "answer" | "fail" | "throttle"; pick: number; count: number };
  const happenings = fc.array(
    fc.record<Happening>({
      kind: fc.constantFrom("wake", "receive", "answer", "fail", "throttle"),
      pick: fc.nat(),
      count: fc.nat(10),
    }),
    { maxLength: 60 },
  );

  /** The command that answers one of the effects under way, or a wake when there is none. */
  function commandOf(
    { kind, pick, count }: Happening,
    pending: PollerEffect[],
    serial: number,
  ): PollerCommand {
    const [effect] = kind === "wake" ? [] : pending.splice(pick % Math.max(1, pending.length), 1);
    if (!effect) return wake;
    if (effect.type === "delete") return deleted(effect.invocation, effect.receiptHandles.length);
    if (effect.type === "invoke") {
      const { invocation } = effect;
      if (kind === "answer") return answered(invocation);
      if (kind === "fail") return { type: "invocation-failed", invocation };
      return { type: "invocation-throttled", invocation, visibility: VISIBILITY };
    }
    if (kind === "fail") return { type: "receive-failed" };
    const ids = Array.from({ length: Math.min(count, effect.max) }, (_, index) => `m${serial}.${index}`);
    return received(...ids);
  }

  it("one receive at a time, never too many invocations, and every message accounted for", () => {
    fc.assert(
      fc.property(happenings, fc.integer({ min: 2, max: 5 }), (all, maximumConcurrency) => {
        const poller = pollerOf({ maximumConcurrency });
        const pending: PollerEffect[] = [];
        for (const [serial, happening] of all.entries()) {
          const command = commandOf(happening, pending, serial);
          pending.push(...stepPoller(poller, command, serial * 700).effects);
          const receives = pending.filter(({ type }) => type === "receive").length;
          expect(receives).toBe(poller.receiving ? 1 : 0);
          expect(pending.length - receives).toBe(poller.running.size);
          expect(poller.running.size + poller.waiting.length).toBeLessThanOrEqual(maximumConcurrency);
          const { succeeded, partiallyFailed, failed, throttled, invocations } = poller.metrics;
          const unanswered = pending.filter(({ type }) => type === "invoke").length;
          expect(succeeded + partiallyFailed + failed + throttled + unanswered).toBe(invocations);
        }
      }),
    );
  });
});
