import { expect, it } from "vitest";
import type { SetupState } from "../nouns/setup.ts";
import { changeFrom } from "./fixtures/change.ts";
import { setupFacts } from "./setup.ts";

const SETUP: SetupState = {
  status: "requires_action",
  customer: "cus_1",
  paymentMethod: "pm_1",
  usage: "off_session",
  failure: null,
  created: 10,
  metadata: {},
};

it("a setup succeeds once, with the payment method that may be charged", () => {
  const change = changeFrom(SETUP);
  const succeeded = { status: "succeeded" };
  const told = { name: "setup.succeeded", detail: { paymentMethod: "pm_1", usage: "off_session" } };
  expect(setupFacts(change({}, succeeded))).toEqual([told]);
  expect(setupFacts(change(null, succeeded))).toEqual([told]);
  expect([...setupFacts(change(succeeded, succeeded)), ...setupFacts(change(null, {}))]).toEqual([]);
});
