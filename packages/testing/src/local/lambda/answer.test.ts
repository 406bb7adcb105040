import { describe, expect, it } from "vitest";
import { failedMessages } from "./answer.ts";

const BATCH = new Set(["m1", "m2"]);
const failing = (...identifiers: unknown[]) => ({
  batchItemFailures: identifiers.map((itemIdentifier) => ({ itemIdentifier })),
});

describe("a partial batch response", () => {
  it.each([
    ["nothing", undefined],
    ["null", null],
    ["an object without batchItemFailures", {}],
    ["null for batchItemFailures", { batchItemFailures: null }],
    ["an empty list", { batchItemFailures: [] }],
    ["a misspelt member", { batchItemFailure: [{ itemIdentifier: "m1" }] }],
  ])("is success when it is %s", (_name, answer) => {
    expect(failedMessages(answer, BATCH)).toEqual(new Set());
  });

  it("fails the messages that it names, once or twice", () => {
    expect(failedMessages(failing("m2", "m2"), BATCH)).toEqual(new Set(["m2"]));
  });

  it.each([
    ["an unknown id", failing("m1", "m3")],
    ["an empty id", failing("")],
    ["a null id", failing(null)],
    ["an id that is a number", failing(1)],
    ["an entry with a misspelt key", { batchItemFailures: [{ itemId: "m1" }] }],
    ["an entry that is the id itself", { batchItemFailures: ["m1"] }],
    ["a null entry", { batchItemFailures: [null] }],
    ["an object in place of the list", { batchItemFailures: { itemIdentifier: "m1" } }],
    ["a text in place of the list", { batchItemFailures: "m1" }],
    ["a text", "done"],
    ["a number", 200],
    ["a list", [{ itemIdentifier: "m1" }]],
  ])("fails the whole batch when it has %s", (_name, answer) => {
    expect(failedMessages(answer, BATCH)).toBe("whole batch");
  });
});
