import { describe, expect, it } from "vitest";
import { AT, objectOf, rawIn, told } from "./kept.ts";
import { readsOf } from "./readings.ts";
import { subscriptionIs } from "./told.ts";

describe("the setting", () => {
  const first = subscriptionIs("active", { created: AT, id: "evt_a" });
  const later = subscriptionIs("past_due", { created: AT + 1, id: "evt_b" });
  const same = { ...first, id: "evt_c" };

  it("off keeps nothing, and costs a row no byte", async () => {
    const store = await told([[first], [later]], { packing: undefined });
    expect(JSON.stringify(store.items())).not.toContain('"raw"');
    expect(await readsOf(store).raw("subscription", "sub_1")).toEqual(new Map());
  });

  it("says nothing of a row that is not there", async () => {
    expect(await readsOf(await told([])).raw("subscription", "sub_1")).toBeUndefined();
  });

  it("turned on keeps what comes from then on", async () => {
    const store = await told([[first]], { packing: undefined });
    await told([[later]], { store });
    expect(await rawIn(store, "subscription", "sub_1")).toEqual([objectOf(later)]);
  });

  it("turned off keeps the object as long as its state stands, and never shows it beside another", async () => {
    const store = await told([[first]]);
    await told([[same]], { store, packing: undefined });
    expect(await rawIn(store, "subscription", "sub_1")).toEqual([objectOf(first)]);
    await told([[later]], { store, packing: undefined });
    expect(await rawIn(store, "subscription", "sub_1")).toEqual([]);
  });
});
