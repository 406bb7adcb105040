import { describe, expect, it } from "vitest";
import type { JsonObject } from "../json.ts";
import { type AlertState, alert } from "./alert.ts";

const OBJECT = { object: "billing.alert_triggered", created: 100, customer: "cus_1", value: 83 };
const USAGE = { gte: 80, meter: "mtr_1", recurrence: "one_time" };
const ALERT = { id: "alrt_1", alert_type: "usage_threshold", title: "80%", usage_threshold: USAGE };

const project = (members: JsonObject): AlertState =>
  alert.project({ ...OBJECT, ...members }, "billing.alert.triggered");

describe("an alert", () => {
  it("is what a customer's usage reached, and when", () => {
    expect(project({ alert: ALERT })).toEqual({
      alert: "alrt_1",
      customer: "cus_1",
      title: "80%",
      type: "usage_threshold",
      meter: "mtr_1",
      threshold: 80,
      recurrence: "one_time",
      value: 83,
      triggeredAt: 100,
    });
  });

  it("has a value that need not be whole", () => {
    const usage = { ...USAGE, gte: 0.5, meter: { id: "mtr_1" } };
    expect(project({ value: 0.75, alert: { ...ALERT, usage_threshold: usage } })).toMatchObject({
      ...{ value: 0.75, threshold: 0.5, meter: "mtr_1" },
    });
  });

  it("has a row for each alert and customer, since it has no id of its own", () => {
    const idOf = (members: JsonObject) => alert.rowIdOf?.({ ...OBJECT, ...members });
    expect(idOf({ alert: ALERT })).toBe("alrt_1:cus_1");
    expect(idOf({ alert: ALERT, customer: null })).toBe("alrt_1");
    expect(idOf({ alert: null })).toBeNull();
  });

  it("lacks what Stripe did not send, or sent as something else", () => {
    const nothing = { alert: null, title: null, type: null, meter: null, threshold: null, recurrence: null };
    const state = { ...nothing, customer: "cus_1", value: null, triggeredAt: 100 };
    expect(project({ value: "83", alert: 5 })).toEqual(state);
  });

  it("lives on its own, names its customer and has no status", () => {
    const state = project({});
    expect([alert.home, alert.customerOf(state, ""), alert.statusOf(state)]).toEqual(["own", "cus_1", null]);
    expect(alert.lifecycleOf(OBJECT).terminal).toEqual([]);
  });
});
