import { describe, expect, it } from "vitest";
import { Malformed } from "./errors.ts";
import type { StripeEvent } from "./event.ts";
import { isOurs, MODES, type Mode } from "./mode.ts";

function event(livemode: boolean, account: string | null): StripeEvent {
  const object = { object: "customer", id: "cus_1" };
  const told = { id: "evt_1", type: "customer.updated", created: 1, livemode, account };
  return { kind: "snapshot", ...told, apiVersion: null, object, previous: null };
}

describe("a stage of one mode (D16)", () => {
  it.each<[Mode, boolean]>([
    ["test", false],
    ["live", true],
  ])("takes the events of its own: %s", (mode, livemode) => {
    expect(isOurs(event(livemode, null), mode)).toBe(true);
    expect(isOurs(event(livemode, "acct_1"), mode)).toBe(true);
  });

  it.each<[Mode, boolean]>([
    ["test", true],
    ["live", false],
  ])("parks the events of the other, but for those of connected accounts: %s", (mode, livemode) => {
    expect(() => isOurs(event(livemode, null), mode)).toThrow(Malformed);
    expect(() => isOurs(event(livemode, null), mode)).toThrow(
      expect.objectContaining({ reason: "wrong-mode" }),
    );
    expect(isOurs(event(livemode, "acct_1"), mode)).toBe(false);
  });
});

describe("a stage of any mode", () => {
  it("takes them all", () => {
    for (const livemode of [true, false]) {
      for (const account of [null, "acct_1"]) expect(isOurs(event(livemode, account), "any")).toBe(true);
    }
  });

  it("is the third of three", () => {
    expect(MODES).toEqual(["test", "live", "any"]);
  });
});
