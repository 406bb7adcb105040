import { parseEvent } from "@stripe-lanes/core/event";
import { describe, expect, it } from "vitest";
import { LANE, messageOf, messagesOf, snapshotEvent, thinEvent } from "./events.ts";

const about = { type: "product.updated", object: { object: "product", id: "prod_1", name: "A" } };
const related = { id: "prod_1", type: "product" };

describe("an event made for a test", () => {
  it("is one that core reads, with what it was given", () => {
    const previous = { name: "B" };
    const told = {
      ...about,
      previous,
      id: "evt_1",
      created: 1_780_000_000,
      livemode: true,
      account: "acct_1",
    };
    const event = parseEvent(JSON.stringify(snapshotEvent(told)));
    expect(event).toMatchObject({ kind: "snapshot", ...told });
  });

  it("may be thin", () => {
    const told = {
      type: "v2.x.updated",
      id: "evt_1",
      created: 1_780_000_000,
      account: "acct_1",
      snapshotEvent: "evt_2",
    };
    const event = parseEvent(JSON.stringify(thinEvent({ ...told, related })));
    expect(event).toEqual({ kind: "thin", ...told, livemode: false, related: { ...related, url: null } });
  });

  it("has an id of its own, and comes a second after the one made before", () => {
    const [first, second] = [snapshotEvent(about), snapshotEvent(about)];
    expect(second.id > first.id).toBe(true);
    expect(Number(second.created) - Number(first.created)).toBe(1);
  });
});

describe("a message made for a test", () => {
  it("brings its event by a lane, for the first time", () => {
    const event = snapshotEvent(about);
    const body = JSON.stringify(event);
    expect(messageOf(event)).toMatchObject({ body, group: LANE, lane: LANE, receives: 1, attempts: 0 });
  });

  it("has an id of its own, whatever it brings", () => {
    const [first, second] = messagesOf("{", "{");
    expect(first?.id).not.toBe(second?.id);
    expect(first?.body).toBe("{");
  });

  it("may come by a group of an aggregate's own", () => {
    const message = messageOf("{", { group: "retry-main#cus_1", lane: LANE, attempts: 3 });
    expect(message).toMatchObject({ group: "retry-main#cus_1", lane: LANE, attempts: 3 });
  });
});
