import {
  type Decision,
  type Delivery,
  decide,
  fetchText,
  keysOf,
  type View,
} from "@stripe-lanes/core/decide";
import { Defect, Unavailable } from "@stripe-lanes/core/errors";
import { keyText } from "@stripe-lanes/core/keys";
import type { LedgerEntry } from "@stripe-lanes/core/ledger";
import type { Row } from "@stripe-lanes/core/row";
import { take } from "@stripe-lanes/core/take";
import { describe, expect, it } from "vitest";
import { type EventJson, FIRST_SECOND, messageOf, snapshotEvent, thinEvent } from "../events.ts";
import { orderIs, productIs, subscriptionIs } from "./told.ts";

const TIMES = { now: FIRST_SECOND + 600, keep: 1_000, canFetch: false };

function deliveryOf(event: EventJson, receives = 1): Delivery {
  const taken = take(messageOf(event, { receives }), {
    tenant: "main",
    mode: "test",
    canFetch: true,
    now: 0,
  });
  if ("refusal" in taken) throw taken.refusal;
  return taken.delivery;
}

type Seen = { rows?: Row[]; ledger?: LedgerEntry[]; fetched?: View["fetched"] };

/** Everything that the events are sure to need was read; it is frozen, since deciding changes nothing. */
function decideOn(
  deliveries: Delivery[],
  { rows = [], ledger = [], fetched = new Map() }: Seen = {},
): Decision {
  const view: View = {
    rows: new Map(rows.map((row) => [keyText(row.key), frozen(row)])),
    ledger: new Map(ledger.map((entry) => [keyText(entry.key), frozen(entry)])),
    read: new Set(deliveries.flatMap((one) => keysOf(one)).map(keyText)),
    fetched,
    searched: new Map(),
  };
  return decide(deliveries.map(frozen), view, TIMES);
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
}

const outcomesOf = ({ settled }: Decision) => [...settled.values()].map(({ outcome }) => outcome);

describe("deciding", () => {
  it("makes of several events of one object one row, at the revision after the one that was read", () => {
    const before = decideOn([deliveryOf(subscriptionIs("trialing"))]).changes.rows;
    const events = ["active", "past_due", "active"].map((status) => deliveryOf(subscriptionIs(status)));
    const { changes } = decideOn(events, { rows: before });
    expect(changes.rows).toMatchObject([
      { revision: 2, status: "active" },
      { revision: 2, key: { sk: "profile#cus_1" } },
    ]);
    expect(changes.ledger).toHaveLength(3);
  });

  it("writes no row where nothing of it changes, and still the ledger", () => {
    const [early, late] = [deliveryOf(subscriptionIs("trialing")), deliveryOf(subscriptionIs("active"))];
    const { rows } = decideOn([late]).changes;
    const decision = decideOn([early], { rows });
    expect(outcomesOf(decision)).toEqual(["superseded"]);
    expect(decision.changes).toMatchObject({ rows: [], moves: [], ledger: [{ outcome: "superseded" }] });
  });

  it("calls the second delivery of an event in a batch a duplicate", () => {
    const event = subscriptionIs("active");
    const decision = decideOn([deliveryOf(event), deliveryOf(event)]);
    expect(outcomesOf(decision)).toEqual(["applied", "duplicate"]);
    expect(decision.changes.ledger).toHaveLength(1);
  });

  it("calls an event whose outcome the ledger has a duplicate, and changes nothing", () => {
    const delivery = deliveryOf(subscriptionIs("active"));
    const { ledger } = decideOn([delivery]).changes;
    const decision = decideOn([delivery], { ledger });
    expect(outcomesOf(decision)).toEqual(["duplicate"]);
    expect(decision.changes).toEqual({ rows: [], ledger: [], moves: [] });
  });

  it.each([
    ["was parked", { outcome: "parked", reason: "defect" }],
    ["has only started", { outcome: undefined, started: ["m/3"] }],
    ["has expired", { expires: TIMES.now }],
  ])("decides anew about an event that %s", (_, change) => {
    const delivery = deliveryOf(subscriptionIs("active"));
    const [entry] = decideOn([delivery]).changes.ledger;
    const ledger = [{ ...entry, ...change } as LedgerEntry];
    expect(outcomesOf(decideOn([delivery], { ledger }))).toEqual(["applied"]);
  });

  it("tells the ledger what a person asks later", () => {
    const event = subscriptionIs("active", { created: TIMES.now - 90, id: "evt_late" });
    const [entry] = decideOn([deliveryOf(event, 2)]).changes.ledger;
    expect(entry).toEqual({
      key: { pk: "main#cus_1", sk: `EVENT#${TIMES.now - 90}#evt_late` },
      event: "evt_late",
      type: "customer.subscription.updated",
      object: "sub_1",
      outcome: "applied",
      reason: "first",
      receives: 2,
      at: TIMES.now,
      expires: TIMES.now + TIMES.keep,
      lag: 90,
    });
  });

  it("keeps an object of no noun under the same rules", () => {
    const mandateIs = (name: string) =>
      snapshotEvent({ type: "mandate.updated", object: { object: "mandate", id: "mandate_1", name } });
    const decision = decideOn([deliveryOf(mandateIs("A")), deliveryOf(mandateIs("B"))]);
    expect(decision.changes.rows).toMatchObject([{ identity: { noun: "generic" }, state: { name: "B" } }]);
  });

  it("leaves of an object without an id the ledger row only", () => {
    const upcoming = snapshotEvent({
      type: "invoice.upcoming",
      object: { object: "invoice", customer: "cus_1" },
    });
    const { changes } = decideOn([deliveryOf(upcoming)]);
    expect(changes).toMatchObject({ rows: [], ledger: [{ object: null, reason: "no-row" }] });
  });

  it("ignores an event of the other mode where it is expected", () => {
    const event = subscriptionIs("active", { livemode: true, account: "acct_1" });
    const { changes } = decideOn([deliveryOf(event)]);
    expect(changes).toMatchObject({ rows: [], ledger: [{ outcome: "ignored", reason: "other-mode" }] });
  });
});

describe("deciding about stock", () => {
  it("moves it by the difference between what was held and what is", () => {
    const { rows } = decideOn([deliveryOf(orderIs("open"))]).changes;
    const { moves } = decideOn([deliveryOf(orderIs("paid"))], { rows }).changes;
    expect(moves).toEqual([{ key: { pk: "main#price_1", sk: "stock" }, amounts: { reserved: -2, sold: 2 } }]);
  });

  it("makes of several events of an order one move", () => {
    const { moves } = decideOn([deliveryOf(orderIs("open")), deliveryOf(orderIs("paid"))]).changes;
    expect(moves.map(({ amounts }) => amounts)).toEqual([{ sold: 2 }]);
  });

  it("makes of two orders of one price one move", () => {
    const { moves } = decideOn([
      deliveryOf(orderIs("paid")),
      deliveryOf(orderIs("paid", { of: "cs_2", quantity: 3 })),
    ]).changes;
    expect(moves.map(({ amounts }) => amounts)).toEqual([{ sold: 5 }]);
  });

  it("moves nothing where an order came and went", () => {
    const { moves } = decideOn([deliveryOf(orderIs("open")), deliveryOf(orderIs("expired"))]).changes;
    expect(moves).toEqual([]);
  });
});

describe("deciding without all that is needed", () => {
  const thin = thinEvent({ type: "v2.x.updated", related: { id: "sub_1", type: "subscription" } });
  const object = { object: "subscription", id: "sub_1", customer: "cus_1", status: "active" };
  const answer = { object, second: FIRST_SECOND, until: FIRST_SECOND };
  const asked = fetchText({ account: null, objectType: "subscription", id: "sub_1", url: null });

  it("asks for the object that a thin event names, and decides about the others", () => {
    const decision = decideOn([deliveryOf(thin), deliveryOf(productIs("A"))]);
    expect(decision.fetches).toMatchObject([{ objectType: "subscription", id: "sub_1" }]);
    expect(outcomesOf(decision)).toEqual(["applied"]);
  });

  it("asks for the row that the fetched object belongs to, and those it contributes to", () => {
    const decision = decideOn([deliveryOf(thin)], { fetched: new Map([[asked, answer]]) });
    expect(decision.wants).toEqual([
      { pk: "main#cus_1", sk: "subscription#sub_1" },
      { pk: "main#cus_1", sk: "profile#cus_1" },
    ]);
  });

  it("leaves a thin event alone while Stripe is not to be asked", () => {
    const delivery = deliveryOf(thin);
    const failure = new Unavailable("Stripe is down.");
    const decision = decideOn([delivery], { fetched: new Map([[asked, { failure }]]) });
    expect([...decision.failed]).toEqual([[delivery.id, failure]]);
    expect(decision.changes.ledger).toEqual([]);
  });
});

describe("code that throws on an event", () => {
  it("is a defect of that event alone", () => {
    const spoilt = decideOn([deliveryOf(orderIs("open"))]).changes.rows.map((row) => ({
      ...row,
      state: { ...row.state, lines: null },
    }));
    const [good, bad, other] = [productIs("A"), orderIs("paid"), subscriptionIs("active")].map((event) =>
      deliveryOf(event),
    );
    const decision = decideOn([good, bad, other] as Delivery[], { rows: spoilt });
    expect([...decision.failed]).toEqual([[bad?.id, expect.any(Defect)]]);
    expect([...decision.settled.keys()]).toEqual([good?.id, other?.id]);
    expect(decision.changes.moves).toEqual([]);
  });
});
