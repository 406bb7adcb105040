import { readdirSync, readFileSync } from "node:fs";
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

/** As the sources of the worker's two adapters name them. */
function workerRequests(): ["dynamodb" | "sqs", string][] {
  const folder = new URL("../../../", import.meta.url);
  const sources = (path: string, files: RegExp) =>
    readdirSync(new URL(path, folder))
      .filter((name) => files.test(name))
      .map((name) => readFileSync(new URL(`${path}/${name}`, folder), "utf8"))
      .join("\n");
  const dynamodb = sources("core/src", /^dynamo[a-z-]*\.ts$/).matchAll(/new ([A-Z]\w+)Command\(/g);
  const sqs = sources("functions/src", /^queue\.ts$/).matchAll(/\.((?:send|change)Message\w*)\(/g);
  const pascal = (name: string) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
  return [
    ...[...new Set([...dynamodb].map(([, name = ""]) => name))].map((name) => ["dynamodb", name] as const),
    ...[...new Set([...sqs].map(([, name = ""]) => pascal(name)))].map((name) => ["sqs", name] as const),
  ].map(([service, name]) => [service, name]);
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

  it.each(workerRequests())("%s.%s of the worker can go wrong", (service, operation) => {
    const asked: string[] = [];
    const deal = ((occasion) => void asked.push(occasion)) as Deal;
    const outage = outageOn(localClock(() => 0));
    requestFaults({ deal, outage, pipeline: unasked })(service, operation, {});
    expect(asked).toHaveLength(1);
  });

  it("a note of a start can be throttled, fail, and be written although its answer is lost", () => {
    const ask = (fault: string) => given(fault).faults("dynamodb", "UpdateItem", {});
    expect(ask("note-throttled")).toMatchObject({ when: "before" });
    expect(ask("note-failed")).toMatchObject({ when: "before" });
    expect(ask("note-answer-lost")).toMatchObject({ when: "after" });
  });

  it("operations that the worker has no use for go well", () => {
    expect(given("read-failed").faults("dynamodb", "toString", {})).toBeUndefined();
    expect(given("send-failed").faults("sqs", "ReceiveMessage", {})).toBeUndefined();
  });
});
