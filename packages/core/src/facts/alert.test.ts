import { expect, it } from "vitest";
import type { AlertState } from "../nouns/alert.ts";
import { alertFacts } from "./alert.ts";
import { changeFrom, namesOf } from "./fixtures/change.ts";

const REACHED = {
  alert: "alrt_1",
  title: "80%",
  type: "usage_threshold",
  meter: "mtr_1",
  threshold: 80,
  recurrence: "one_time",
  value: 83,
  triggeredAt: 100,
};
const ALERT: AlertState = { ...REACHED, customer: "cus_1" };

it("an alert is triggered each time that it is later than the last, with what was reached", () => {
  const change = changeFrom(ALERT);
  expect(alertFacts(change(null, {}))).toEqual([{ name: "alert.triggered", detail: REACHED }]);
  expect(namesOf(alertFacts(change({}, { triggeredAt: 200 })))).toEqual(["alert.triggered"]);
  expect(alertFacts(change({}, {}))).toEqual([]);
});
