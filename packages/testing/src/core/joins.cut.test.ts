// A list that an event cuts: the row says so, and what is joined of it too, until Stripe or an event tells the rest.
import { handleBatch } from "@stripe-lanes/core/batch";
import { Unavailable } from "@stripe-lanes/core/errors";
import type { MemoryStore } from "@stripe-lanes/core/memory";
import type { Stripe } from "@stripe-lanes/core/ports";
import { describe, it } from "vitest";
import { type EventJson, FIRST_SECOND, messagesOf } from "../events.ts";
import { givenWith, row } from "../given.ts";
import { TEST_OPTIONS, testPorts } from "../ports.ts";
import { summaryIs, summaryObject } from "./contributions.ts";

const of = (second: number) => ({ created: FIRST_SECOND + second });

describe("a list that is cut", () => {
  it("is whole by an answer too soon after its event to be newer than all of its second", async () => {
    const whole = {
      object: summaryObject("cus_1", ["a", "b"]),
      second: FIRST_SECOND - 1,
      until: FIRST_SECOND,
    };
    await givenWith({ stripe: { fetch: async () => whole } })()
      .when(summaryIs(["a"], { cut: true, ...of(0) }))
      .then(row("profile", "cus_1", { features: ["a", "b"], featuresCut: false }));
  });
});

describe("a list that is cut while Stripe does not answer", () => {
  const down: Stripe = { fetch: () => Promise.reject(new Unavailable("Stripe is down, the test says.")) };
  const cut = summaryIs(["a"], { cut: true, ...of(1) });

  it("says so, in its row and where it is joined", async () => {
    await givenWith({ stripe: down })()
      .when(cut)
      .then(
        row("entitlement", "cus_1", { features: ["a"], incomplete: ["entitlements"] }),
        row("profile", "cus_1", { features: ["a"], featuresCut: true }),
      );
  });

  it("is whole with the next event, once Stripe answers", async () => {
    const second = FIRST_SECOND + 5;
    const whole = { object: summaryObject("cus_1", ["a", "b"]), second, until: second + 1 };
    await givenWith({ store: await storeAfter(cut, down), stripe: { fetch: async () => whole } })()
      .when(summaryIs(["b"], { cut: true, ...of(2) }))
      .then(row("profile", "cus_1", { features: ["a", "b"], featuresCut: false }));
  });

  it("is whole with the next event that shows it whole, and nobody is asked", async () => {
    await givenWith({ store: await storeAfter(cut, down), stripe: down })()
      .when(summaryIs(["b"], of(2)))
      .then(row("profile", "cus_1", { features: ["b"], featuresCut: false }));
  });
});

async function storeAfter(event: EventJson, stripe: Stripe): Promise<MemoryStore> {
  const ports = testPorts({ stripe });
  await handleBatch(messagesOf(event), ports, TEST_OPTIONS);
  return ports.memory;
}
