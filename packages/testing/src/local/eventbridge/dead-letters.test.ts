// Deliveries that are given up: after how long, and what the dead-letter queue gets.
import { describe, expect, it } from "vitest";
import { DEAD_LETTERS, givenDelivery, QUEUE } from "./given.ts";
import { type Delivery, isIdle } from "./state.ts";

const DLQ = { DeadLetterConfig: { Arn: DEAD_LETTERS } };
const RULE = "arn:aws:events:us-east-1:000000000000:rule/all";

/** Fails every try until something goes to the dead-letter queue; gives that and the seconds it took. */
function failUntilGivenUp(given: ReturnType<typeof givenDelivery>): {
  letter: Delivery | undefined;
  seconds: number;
} {
  let delivery = given.delivery;
  let waited = 0;
  while (delivery?.targetArn === QUEUE) {
    given.fail(delivery);
    const [letter] = given.taken();
    if (letter) return { letter, seconds: waited / 1000 };
    waited += given.wake();
    [delivery] = given.taken();
  }
  return { letter: undefined, seconds: waited / 1000 };
}

describe("a delivery that is given up", () => {
  it("after the last retry goes to the dead-letter queue as the original event", () => {
    const given = givenDelivery({ ...DLQ, InputPath: "$.detail", RetryPolicy: { MaximumRetryAttempts: 2 } });
    given.fail(given.delivery);
    for (const _ of [1, 2]) {
      given.wake();
      given.fail(given.taken()[0]);
    }
    const [letter] = given.taken();
    expect(letter).toMatchObject({ targetArn: DEAD_LETTERS, attempt: 1 });
    expect(letter).not.toHaveProperty("messageGroupId");
    expect(JSON.parse(letter?.body ?? "")).toMatchObject({ source: "shop", detail: { n: 1 } });
    expect(letter?.attributes).toEqual({
      RULE_ARN: RULE,
      TARGET_ARN: QUEUE,
      ERROR_CODE: "THROTTLING",
      ERROR_MESSAGE: "slow down",
      EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
      RETRY_ATTEMPTS: "2",
    });
    given.succeed(letter);
    expect(isIdle(given.state)).toBe(true);
    expect(given.state.metrics).toMatchObject({
      invocationAttempts: 3,
      failedInvocations: 1,
      invocationsSentToDlq: 1,
    });
  });

  it("because the event grew too old says so", () => {
    const given = givenDelivery({ ...DLQ, RetryPolicy: { MaximumEventAgeInSeconds: 60 } });
    const { letter, seconds } = failUntilGivenUp(given);
    expect(seconds).toBe(1 + 2 + 4 + 8 + 16);
    expect(letter?.attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: "MaximumEventAgeInSeconds",
      RETRY_ATTEMPTS: "5",
    });
  });

  it("has had 185 retries by default, which fit into 24 hours", () => {
    const { letter, seconds } = failUntilGivenUp(givenDelivery(DLQ));
    expect(letter?.attributes).toMatchObject({
      EXHAUSTED_RETRY_CONDITION: "MaximumRetryAttempts",
      RETRY_ATTEMPTS: "185",
    });
    expect(seconds / 3600).toBeGreaterThan(23);
    expect(seconds / 3600).toBeLessThan(24);
  });

  it("goes at once when trying again cannot help", () => {
    const given = givenDelivery(DLQ);
    given.fail(given.delivery, { errorCode: "NO_RESOURCE", errorMessage: "no queue", retryable: false });
    expect(given.taken()[0]?.attributes).toEqual({
      RULE_ARN: RULE,
      TARGET_ARN: QUEUE,
      ERROR_CODE: "NO_RESOURCE",
      ERROR_MESSAGE: "no queue",
      RETRY_ATTEMPTS: "0",
    });
  });

  it("goes at once when the input transformer made no JSON", () => {
    const template = { InputPathsMap: { n: "$.detail" }, InputTemplate: '{"n":"<n>"}' };
    const given = givenDelivery({ ...DLQ, InputTransformer: template });
    expect(given.delivery).toMatchObject({
      targetArn: DEAD_LETTERS,
      attributes: { ERROR_CODE: "INVALID_JSON" },
    });
  });

  it("is dropped without a dead-letter queue", () => {
    const given = givenDelivery({});
    given.fail(given.delivery, { retryable: false });
    expect(isIdle(given.state)).toBe(true);
    expect(given.taken()).toEqual([]);
    expect(given.state.metrics).toMatchObject({ failedInvocations: 1, invocationsSentToDlq: 0 });
  });

  it("is retried on its way to the dead-letter queue, and dropped when that queue is missing", () => {
    const given = givenDelivery(DLQ);
    given.fail(given.delivery, { retryable: false });
    given.fail(given.taken()[0]);
    given.wake();
    const [again] = given.taken();
    expect(again).toMatchObject({ targetArn: DEAD_LETTERS, attempt: 2 });
    given.fail(again, { retryable: false });
    expect(isIdle(given.state)).toBe(true);
    expect(given.state.metrics).toMatchObject({ failedInvocations: 1, invocationsFailedToBeSentToDlq: 1 });
  });
});
