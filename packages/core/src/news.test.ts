import { describe, expect, it } from "vitest";
import { parseEvent, type Thin } from "./event.ts";
import { NEWS_TYPES, newsIn } from "./news.ts";

const ACCOUNT = { id: "acct_1", type: "v2.core.account", url: "/v2/core/accounts/acct_1" };

function thin(type: string, related: object | null = ACCOUNT): Thin {
  const event = { object: "v2.core.event", id: "evt_1", created: "2026-09-22T10:00:00.000Z" };
  const rest = { type, context: "acct_platform", livemode: false, related_object: related };
  return parseEvent(JSON.stringify({ ...event, ...rest })) as Thin;
}

describe("a thin event that tells all there is to know", () => {
  it("is a snapshot of what it tells, of the same second and account", () => {
    expect(newsIn(thin("v2.core.account.closed"))).toEqual({
      kind: "snapshot",
      id: "evt_1",
      type: "v2.core.account.closed",
      apiVersion: null,
      created: 1_790_071_200,
      livemode: false,
      account: "acct_platform",
      object: { object: "customer_account", id: "acct_1", closed: true },
      previous: null,
    });
  });

  it("tells nothing where it names no object", () => {
    expect(newsIn(thin("v2.core.account.closed", null))).toBeNull();
    expect(newsIn(thin("v2.core.account.closed", { ...ACCOUNT, id: null }))).toBeNull();
  });

  it("is none of the others, whatever their names", () => {
    const others = ["v2.core.account.updated", "v1.customer.deleted", "constructor", "__proto__"];
    expect(others.map((type) => newsIn(thin(type)))).toEqual(others.map(() => null));
    expect(NEWS_TYPES).toEqual(["v2.core.account.closed"]);
  });
});
