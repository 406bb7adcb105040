// No cause is swallowed: what fails beside a message is told, and a parked message says what was at the bottom of it.
import { handleBatch } from "@stripe-lanes/core/batch";
import { Malformed, Unavailable } from "@stripe-lanes/core/errors";
import { describe, expect, it } from "vitest";
import { messageOf, messagesOf, thinEvent } from "../events.ts";
import { anyOf, at, unavailable } from "../faults.ts";
import { TEST_OPTIONS, type TestPortsOptions, testPorts } from "../ports.ts";
import { productIs } from "./told.ts";

const noAnswer = new Unavailable("No answer.", { cause: new Error("ECONNRESET") });
const refuse = () => Promise.reject(noAnswer);

function listening(options: TestPortsOptions) {
  const told: { what: string; error: Error }[] = [];
  const ports = testPorts(options);
  return {
    told,
    ports: { ...ports, trouble: (what: string, error: Error) => void told.push({ what, error }) },
  };
}

describe("what fails beside a message is told, with its error", () => {
  it.each<[string, TestPortsOptions, number, RegExp]>([
    ["hiding", { faults: at(unavailable, "load"), queue: { hide: refuse } }, 1, /could not be hidden/],
    ["moving", { faults: at(unavailable, "commit"), queue: { moveTo: refuse } }, 3, /could not be moved/],
    [
      "trying the store",
      { faults: anyOf(at(unavailable, "commit"), at(unavailable, "probe")) },
      3,
      /takes no writes/,
    ],
    [
      "taking a note back",
      { faults: anyOf(at(unavailable, "commit"), at(unavailable, "withdraw")) },
      3,
      /note of a start could not be taken back/,
    ],
  ])("%s", async (_, options, receives, what) => {
    const { told, ports } = listening(options);
    await handleBatch([messageOf(productIs("A"), { receives })], ports, TEST_OPTIONS);
    expect(told).toContainEqual({ what: expect.stringMatching(what), error: expect.any(Unavailable) });
  });

  it("is nothing where nothing fails", async () => {
    const { told, ports } = listening({});
    await handleBatch([messageOf(productIs("A"), { receives: 3 }), messageOf("{")], ports, TEST_OPTIONS);
    expect(told).toEqual([]);
  });
});

describe("a message that is to be parked", () => {
  it("keeps why, where parking failed", async () => {
    const { ports } = listening({ queue: { park: refuse } });
    const [result] = await handleBatch(messagesOf("{"), ports, TEST_OPTIONS);
    expect(result).toMatchObject({
      kind: "retry",
      error: { cause: noAnswer },
      refusal: { reason: "not-json" },
    });
  });

  it("names the root cause in its attributes, where its error does not", async () => {
    const cause = Object.assign(new Error("Outer."), {
      cause: Object.assign(new Error("In."), { code: "E_IN" }),
    });
    const fetch = () =>
      Promise.reject(new Malformed("stripe-key-forbidden", "StripeKey may not read it.", { cause }));
    const { ports } = listening({ stripe: { fetch } });
    const related = { id: "prod_1", type: "product" };
    await handleBatch(messagesOf(thinEvent({ type: "v1.product.updated", related })), ports, TEST_OPTIONS);
    expect(ports.parked.map(({ note }) => note.error)).toEqual(["StripeKey may not read it. (E_IN)"]);
  });
});
