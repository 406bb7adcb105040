// Deliveries that fail in the shell: which are tried again, and when.
import { describe, expect, it } from "vitest";
import { AwsError } from "../http.ts";
import { DEAD_LETTERS } from "./given.ts";
import { entry, FIFO, givenLane, PARTNER, type Sent } from "./given-shell.ts";
import type { Deliver } from "./shell.ts";

describe("a delivery that the shell performs", () => {
  const failing = (times: number, error: Error, sent: Sent[] = []) => {
    let failures = 0;
    const deliver: Deliver = async (targetArn, body, rest) => {
      if (targetArn === FIFO && failures++ < times) throw error;
      sent.push({ targetArn, body, ...rest });
    };
    return { deliver, sent };
  };

  it("is tried again when its time comes", async () => {
    const { deliver, sent } = failing(2, new AwsError("ServiceUnavailable", "busy", { status: 503 }));
    const { bridge, clock } = await givenLane({ deliver });
    await bridge.command("PutEvents", { Entries: [entry("evt_1")] });
    for (const wait of [1000, 2000]) {
      await expect.poll(() => bridge.state.wakeAt).toBe(clock.now() + wait);
      expect(bridge.idle()).toBe(false);
      clock.advance(wait);
    }
    await expect.poll(bridge.idle).toBe(true);
    expect(sent).toMatchObject([{ targetArn: FIFO, body: '{"id":"evt_1"}', messageGroupId: "lane-00" }]);
  });

  it.each([
    ["QueueDoesNotExist", 400, "NO_RESOURCE"],
    ["AccessDenied", 403, "NO_PERMISSIONS"],
    ["InvalidParameterValue", 400, "INVALID_PARAMETER"],
  ])("goes to the dead-letter queue at once when the target answers %s", async (code, status, ERROR_CODE) => {
    const { deliver, sent } = failing(1, new AwsError(code, "no", { status }));
    const { bridge } = await givenLane({ deliver });
    await bridge.command("PutEvents", { Entries: [entry("evt_1")] });
    await expect.poll(bridge.idle).toBe(true);
    const attributes = { TARGET_ARN: FIFO, ERROR_CODE, ERROR_MESSAGE: "no", RETRY_ATTEMPTS: "0" };
    expect(sent).toMatchObject([{ targetArn: DEAD_LETTERS, attributes }]);
    expect(JSON.parse(sent[0]?.body ?? "")).toMatchObject({ source: PARTNER, detail: { id: "evt_1" } });
  });

  it.each([
    ["ThrottlingException", 400],
    ["RequestTimeout", 408],
    ["InternalError", 500],
  ])("waits for its next try when the target answers %s", async (code, status) => {
    const { deliver } = failing(1, new AwsError(code, "later", { status }));
    const { bridge, clock } = await givenLane({ deliver });
    await bridge.command("PutEvents", { Entries: [entry("evt_1")] });
    await expect.poll(() => bridge.state.wakeAt).toBe(clock.now() + 1000);
  });

  it("that ends after the shell is closed changes nothing any more", async () => {
    const { promise, reject } = Promise.withResolvers<void>();
    const { bridge } = await givenLane({ deliver: () => promise });
    await bridge.command("PutEvents", { Entries: [entry("evt_1")] });
    await bridge.close();
    reject(new Error("too late"));
    await new Promise(setImmediate);
    expect(bridge.state.wakeAt).toBe(Number.POSITIVE_INFINITY);
  });

  it("is not tried again once the shell is closed", async () => {
    const { deliver } = failing(1, new Error("unknown"));
    const { bridge, clock } = await givenLane({ deliver });
    await bridge.command("PutEvents", { Entries: [entry("evt_1")] });
    await expect.poll(() => bridge.state.wakeAt).toBe(clock.now() + 1000);
    await bridge.close();
    clock.advance(10_000);
    expect(bridge.state.metrics.retryInvocationAttempts).toBe(0);
  });
});
