import { localClock } from "@stripe-lanes/testing/local/clock";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { describe, expect, it } from "vitest";
import type { Deal } from "./dealer.ts";
import { outageOn } from "./outage.ts";
import { requestFaults } from "./requests.ts";

const unasked = (): Pipeline => {
  throw new Error("The pipeline was not to be asked.");
};

/** Deals one fault wherever it fits, once. */
function given(fault?: string) {
  const left = fault === undefined ? [] : [fault];
  const deal = ((_occasion, fits) =>
    left[0] && fits?.(left[0] as never) ? left.shift() : undefined) as Deal;
  const outage = outageOn(localClock(() => 0));
  return { outage, faults: requestFaults({ deal, outage, pipeline: unasked }) };
}

describe("the faults of requests", () => {
  it("a lost answer stays lost for the same token, and for no other", () => {
    const { faults } = given("write-answer-lost");
    const ask = (ClientRequestToken: string) =>
      faults("dynamodb", "TransactWriteItems", { ClientRequestToken });
    expect(ask("a")).toMatchObject({ when: "after" });
    expect(ask("b")).toBeUndefined();
    expect(ask("a")).toMatchObject({ when: "after" });
  });

  it("no answer is lost of a request that its client could not repeat by a token", () => {
    expect(given("write-answer-lost").faults("dynamodb", "PutItem", {})).toBeUndefined();
  });

  it("an outage fails what is asked of DynamoDB, and nothing else", () => {
    const { faults, outage } = given();
    outage.begin();
    expect(faults("dynamodb", "DescribeTable", {})).toMatchObject({ when: "before" });
    expect(faults("sqs", "SendMessage", {})).toBeUndefined();
  });

  it("operations that the worker has no use for go well", () => {
    expect(given("read-failed").faults("dynamodb", "toString", {})).toBeUndefined();
    expect(given("send-failed").faults("sqs", "ReceiveMessage", {})).toBeUndefined();
  });
});
