import { PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { type DeliveryFault, faultyDeliver } from "./faults.ts";
import { entry, givenLane } from "./given-shell.ts";
import { isWaiting } from "./state.ts";

/** One event, of which the first delivery goes wrong. */
async function givenFault(fault: DeliveryFault) {
  const faults = [fault];
  const bodies: string[] = [];
  const faulty = faultyDeliver(
    (_target, body) => bodies.push(body),
    () => faults.shift(),
  );
  const given = await givenLane({ deliver: faulty.deliver });
  await given.client.send(new PutEventsCommand({ Entries: [entry("evt_1")] }));
  await expect.poll(() => isWaiting(given.bridge.state)).toBe(true);
  return { ...given, bodies, copies: faulty.copies };
}

describe("an injected fault of a delivery", () => {
  it("rule-fires-twice brings the same body twice, and EventBridge knows of one", async () => {
    const { bodies, copies, bridge } = await givenFault("rule-fires-twice");
    expect(bodies).toEqual(['{"id":"evt_1"}', '{"id":"evt_1"}']);
    expect(copies()).toBe(1);
    expect(bridge.state.metrics).toMatchObject({ invocationAttempts: 1, successfulInvocations: 1 });
  });

  it.each<[DeliveryFault, number]>([
    ["target-failed", 0],
    ["target-answer-lost", 1],
  ])("%s leads to another try after a while, with %i copies", async (fault, expected) => {
    const { bodies, copies, bridge, clock } = await givenFault(fault);
    expect(bodies).toHaveLength(expected);
    expect(bridge.idle()).toBe(false);
    clock.advance(bridge.state.wakeAt - clock.now());
    await expect.poll(bridge.idle).toBe(true);
    expect(bodies).toHaveLength(expected + 1);
    expect(copies()).toBe(expected);
    expect(bridge.state.metrics).toMatchObject({ retryInvocationAttempts: 1, successfulInvocations: 1 });
  });
});
