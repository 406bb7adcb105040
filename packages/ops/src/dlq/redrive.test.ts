import { snapshotEvent } from "@stripe-lanes/testing/events";
import { AwsError, type Faults } from "@stripe-lanes/testing/local/http";
import { describe, expect, it } from "vitest";
import { deadLetters } from "./dead-letters.ts";
import type { Filter } from "./filter.ts";
import { overHttp, type Queues, startQueues } from "./fixtures/queues.ts";
import { type RedriveOptions, redrive } from "./redrive.ts";

const REFUSAL = new AwsError("InternalError", "Not now.", { status: 500 });

/** Fails the requests whose input has that text. */
const failing =
  (operation: string, text: string, when: "before" | "after" = "before"): Faults =>
  (service, asked, input) =>
    service === "sqs" && asked === operation && JSON.stringify(input).includes(text)
      ? { when, error: REFUSAL }
      : undefined;

const eventOf = (id: string, customer: string) =>
  JSON.stringify(
    snapshotEvent({ id, type: "customer.updated", object: { object: "customer", id: customer } }),
  );

async function redriveIn(queues: Queues, filter: Filter = {}, options: Partial<RedriveOptions> = {}) {
  const sqs = overHttp(queues.aws);
  const { sent, ...rest } = await redrive({
    letters: deadLetters({ sqs, parkedUrl: queues.parkedUrl, wait: 0 }),
    sqs,
    queueUrl: queues.queueUrl,
    tenant: "main",
    filter,
    force: false,
    signal: new AbortController().signal,
    beforeSending: async () => {},
    turn: async () => {},
    ...options,
  });
  sqs.destroy();
  return { ...rest, steps: sent.map(({ parked, step }) => [parked.eventId ?? parked.body, step]) };
}

const parkEvent = (queues: Queues, id: string, customer: string, reason = "defect", lane = "lane-01") =>
  queues.park({ body: eventOf(id, customer), group: lane, attributes: { reason, eventId: id, lane } });

const idsIn = (bodies: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(bodies).map(([group, all]) => [group, all.map((body) => JSON.parse(body).id)]),
  );

describe("a redrive", () => {
  it("sends each message to the lane it came from, in the order of the dead-letter queue", async () => {
    const queues = await startQueues();
    await parkEvent(queues, "evt_1", "cus_1");
    await queues.park({ body: eventOf("evt_2", "cus_1"), group: "retry-x", attributes: { lane: "lane-02" } });
    await parkEvent(queues, "evt_3", "cus_1");
    await redriveIn(queues);
    expect(idsIn(queues.bodies(queues.queueUrl))).toEqual({
      "lane-01": ["evt_1", "evt_3"],
      "lane-02": ["evt_2"],
    });
    expect(queues.bodies(queues.parkedUrl)).toEqual({});
  });

  it("sends more than a group shows at once, in their order", async () => {
    const queues = await startQueues();
    const ids = Array.from({ length: 25 }, (_, index) => `evt_${index}`);
    for (const id of ids) await parkEvent(queues, id, "cus_1");
    await redriveIn(queues);
    expect(idsIn(queues.bodies(queues.queueUrl))).toEqual({ "lane-01": ids });
  });

  it("takes those of one reason alone, wherever they stand, and leaves the others in their order", async () => {
    const queues = await startQueues();
    const ids = Array.from({ length: 25 }, (_, index) => `evt_${index}`);
    for (const [index, id] of ids.entries())
      await parkEvent(queues, id, "cus_1", index % 12 === 11 ? "crash" : "defect");
    await redriveIn(queues, { reason: "crash" });
    expect(idsIn(queues.bodies(queues.queueUrl))).toEqual({ "lane-01": ["evt_11", "evt_23"] });
    const left = ids.filter((_, index) => index % 12 !== 11);
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual({ "lane-01": left });
    expect(queues.inFlight()).toBe(0);
  });

  it("takes those without a reason by the name none", async () => {
    const queues = await startQueues();
    await parkEvent(queues, "evt_1", "cus_1");
    await queues.park({ body: eventOf("evt_2", "cus_2"), group: "lane-02" });
    expect((await redriveIn(queues, { reason: "none" })).steps).toEqual([["evt_2", "sent"]]);
  });

  it("finds one event behind many others", async () => {
    const queues = await startQueues();
    for (let index = 0; index < 15; index++) await parkEvent(queues, `evt_${index}`, "cus_1");
    expect((await redriveIn(queues, { ids: ["evt_14"] })).steps).toEqual([["evt_14", "sent"]]);
  });

  it("goes on after a failure, but not with the same customer, and leaves those parked", async () => {
    const queues = await startQueues(failing("SendMessage", "evt_2"));
    await parkEvent(queues, "evt_1", "cus_1");
    await parkEvent(queues, "evt_2", "cus_1");
    await parkEvent(queues, "evt_3", "cus_1");
    await parkEvent(queues, "evt_4", "cus_2");
    expect((await redriveIn(queues)).steps).toEqual([
      ["evt_1", "sent"],
      ["evt_2", "failed"],
      ["evt_3", "behind"],
      ["evt_4", "sent"],
    ]);
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual({ "lane-01": ["evt_2", "evt_3"] });
    expect(queues.inFlight()).toBe(0);
  });

  it("has a message in its lane once when it could not be removed, and is run again", async () => {
    let isDown = true;
    const queues = await startQueues((...request) =>
      isDown ? failing("DeleteMessage", "")(...request) : undefined,
    );
    await parkEvent(queues, "evt_1", "cus_1");
    expect((await redriveIn(queues)).steps).toEqual([["evt_1", "kept"]]);
    isDown = false;
    expect((await redriveIn(queues)).steps).toEqual([["evt_1", "sent"]]);
    expect(idsIn(queues.bodies(queues.queueUrl))).toEqual({ "lane-01": ["evt_1"] });
    expect(queues.bodies(queues.parkedUrl)).toEqual({});
  });

  it("has a message in its lane once when the answer to its sending was lost", async () => {
    let isDown = true;
    const queues = await startQueues((...request) =>
      isDown ? failing("SendMessage", "evt_1", "after")(...request) : undefined,
    );
    await parkEvent(queues, "evt_1", "cus_1");
    expect((await redriveIn(queues)).steps).toEqual([["evt_1", "failed"]]);
    isDown = false;
    await redriveIn(queues);
    expect(idsIn(queues.bodies(queues.queueUrl))).toEqual({ "lane-01": ["evt_1"] });
  });

  it("sends a message that was parked anew within five minutes", async () => {
    const queues = await startQueues();
    await parkEvent(queues, "evt_1", "cus_1");
    await redriveIn(queues);
    await parkEvent(queues, "evt_1", "cus_1");
    await redriveIn(queues);
    expect(idsIn(queues.bodies(queues.queueUrl))).toEqual({ "lane-01": ["evt_1", "evt_1"] });
  });

  it("leaves an event that is parked again meanwhile, instead of going round and round with it", async () => {
    const queues = await startQueues();
    const body = eventOf("evt_1", "cus_1");
    await queues.park({ body, group: "lane-01" });
    let turns = 0;
    const turn = async () => {
      turns += 1;
      await queues.park({ body, group: "lane-01" });
    };
    const { again } = await redriveIn(queues, {}, { turn });
    expect(turns).toBe(1);
    expect(again).toHaveLength(1);
    expect(queues.bodies(queues.parkedUrl)).toEqual({ "lane-01": [body] });
  });

  it("sends both where one event was parked twice before", async () => {
    const queues = await startQueues();
    for (let copy = 0; copy < 2; copy++)
      await queues.park({ body: eventOf("evt_1", "cus_1"), group: "lane-01" });
    const body = Object.values(queues.bodies(queues.parkedUrl));
    expect(body).toHaveLength(1);
    expect((await redriveIn(queues)).steps).toHaveLength(2);
  });

  it("stops between two messages when it is interrupted, and puts back the rest", async () => {
    const queues = await startQueues();
    for (const id of ["evt_1", "evt_2", "evt_3"]) await parkEvent(queues, id, "cus_1");
    const controller = new AbortController();
    const turn = async () => controller.abort();
    const { steps } = await redriveIn(queues, {}, { turn, signal: controller.signal });
    expect(steps).toEqual([["evt_1", "sent"]]);
    expect(idsIn(queues.bodies(queues.parkedUrl))).toEqual({ "lane-01": ["evt_2", "evt_3"] });
    expect(queues.inFlight()).toBe(0);
  });

  it("tells what it did when the queue goes away under it", async () => {
    let isDown = false;
    const queues = await startQueues((_, operation) =>
      isDown && operation === "ReceiveMessage" ? { when: "before", error: REFUSAL } : undefined,
    );
    await parkEvent(queues, "evt_1", "cus_1");
    const turn = async () => {
      isDown = true;
    };
    const { steps, stopped } = await redriveIn(queues, {}, { turn });
    expect(steps).toEqual([["evt_1", "sent"]]);
    expect(stopped).toMatchObject({ name: "InternalError" });
  });

  it("sends along by what id the message was known in its lane", async () => {
    const queues = await startQueues();
    await queues.park({ body: "{}", group: "lane-01", attributes: { origin: "m-1", reason: "defect" } });
    await redriveIn(queues);
    const { Messages = [] } = await queues.aws.sqs.command("ReceiveMessage", {
      QueueUrl: queues.queueUrl,
      MessageAttributeNames: ["All"],
    });
    expect(Messages[0]?.MessageAttributes).toEqual({
      origin: expect.objectContaining({ StringValue: "m-1" }),
    });
  });
});
