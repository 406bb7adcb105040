// Plain HTTP posts of Stripe events.
import { describe, expect, it } from "vitest";
import { givenLane, givenShell, PARTNER } from "./given-shell.ts";

const STRIPE_EVENT = { id: "evt_1", object: "event", type: "invoice.paid", data: { object: { id: "in_1" } } };

const post = (url: string, body: string) => fetch(url, { method: "POST", body });

describe("a Stripe event that is posted as it is", () => {
  const webhook = { bus: PARTNER, source: PARTNER };

  it("is put on the bus", async () => {
    const { bridge, sent } = await givenLane({ webhook });
    const response = await post(bridge.url, JSON.stringify(STRIPE_EVENT));
    expect([response.status, await response.text()]).toEqual([200, '{"received":true}']);
    expect(sent).toMatchObject([{ body: '{"id":"evt_1"}' }]);
  });

  it("may be thin", async () => {
    const { bridge } = await givenLane({ webhook });
    const thin = { id: "evt_2", object: "v2.core.event", type: "v1.billing.meter.no_meter_found" };
    expect((await post(bridge.url, JSON.stringify(thin))).status).toBe(200);
  });

  it.each([
    ["{", "The body is not JSON."],
    ["[]", "The body is not a JSON object."],
    ['{"object":"invoice"}', "The object is no Stripe event: neither event nor v2.core.event."],
    ['{"object":"event"}', "The Stripe event has no id."],
    ['{"object":"event","id":"evt_1"}', "The Stripe event evt_1 has no type."],
  ])("is refused with one sentence: %s", async (body, sentence) => {
    const { bridge } = await givenLane({ webhook });
    const response = await post(bridge.url, body);
    expect([response.status, await response.text()]).toEqual([400, sentence]);
  });

  it("is refused when its bus is missing, or would not take its source", async () => {
    const event = JSON.stringify(STRIPE_EVENT);
    const missing = await givenShell({ webhook });
    expect(await (await post(missing.bridge.url, event)).text()).toBe(`Event bus ${PARTNER} does not exist.`);
    const ordinary = await givenShell({ webhook: { ...webhook, bus: "default" } });
    expect(await (await post(ordinary.bridge.url, event)).text()).toBe("Not authorized for the source.");
  });

  it("is no request at all without a webhook", async () => {
    const { bridge } = await givenShell();
    expect((await post(bridge.url, JSON.stringify(STRIPE_EVENT))).status).toBe(400);
  });
});
