// Deliveries: what becomes of them, and when they are tried again.
import { describe, expect, it } from "vitest";
import { givenDelivery } from "./given.ts";
import { isIdle } from "./state.ts";

describe("a delivery", () => {
  it("that arrives is done with", () => {
    const given = givenDelivery({});
    expect(isIdle(given.state)).toBe(false);
    given.succeed(given.delivery);
    expect(isIdle(given.state)).toBe(true);
    expect(given.state.metrics).toMatchObject({
      invocationAttempts: 1,
      successfulInvocations: 1,
      failedInvocations: 0,
    });
  });

  it("that fails is tried again with the same body, each time after a longer wait", () => {
    const given = givenDelivery({});
    let delivery = given.delivery;
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 12; attempt++) {
      expect(delivery).toMatchObject({ id: given.delivery?.id, body: given.delivery?.body, attempt });
      given.fail(delivery);
      waits.push(given.wake() / 1000);
      [delivery] = given.taken();
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 480, 480, 480]);
    given.succeed(delivery);
    expect(given.state.metrics).toMatchObject({
      invocationAttempts: 13,
      retryInvocationAttempts: 12,
      successfulInvocations: 1,
    });
  });

  it("is not tried before its time, however often the clock ticks", () => {
    const given = givenDelivery({});
    given.fail(given.delivery);
    given.pass(999);
    given.ask("Tick");
    expect(given.taken()).toEqual([]);
    expect(given.wake()).toBe(1);
    expect(given.taken()).toHaveLength(1);
  });

  it("waits beside others, and the one that is due first goes first", () => {
    const given = givenDelivery({});
    given.put({ n: 2 });
    const [second] = given.taken();
    given.fail(given.delivery);
    given.wake();
    const [again] = given.taken();
    given.fail(again);
    given.fail(second);
    given.pass(5000);
    given.ask("Tick");
    expect(given.taken().map(({ id }) => id)).toEqual([second?.id, again?.id]);
  });

  it("that waits for long is not forgotten over one that is due sooner", () => {
    const given = givenDelivery({});
    given.put({ n: 2 });
    const [second] = given.taken();
    given.fail(given.delivery);
    given.pass(500);
    given.fail(second);
    expect([given.wake(), given.taken()]).toMatchObject([500, [{ id: given.delivery?.id }]]);
    expect([given.wake(), given.taken()]).toMatchObject([500, [{ id: second?.id }]]);
  });

  it("asks for no second wake when it can share one", () => {
    const given = givenDelivery({});
    given.put({ n: 2 });
    given.fail(given.delivery);
    given.fail(given.taken()[0]);
    expect(given.wakes()).toBe(1);
  });

  it("is reported on once", () => {
    const given = givenDelivery({});
    given.fail(given.delivery);
    expect(() => given.succeed(given.delivery)).toThrow("is not under way");
    expect(() => given.succeed(undefined)).toThrow("Value null at 'id'");
  });
});
