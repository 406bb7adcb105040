// The shell's API, driven by the real AWS SDK over HTTP.
import {
  CancelReplayCommand,
  CreateArchiveCommand,
  DescribeReplayCommand,
  DescribeRuleCommand,
  ListEventBusesCommand,
  PutEventsCommand,
  PutRuleCommand,
  StartReplayCommand,
  TestEventPatternCommand,
} from "@aws-sdk/client-eventbridge";
import { describe, expect, it } from "vitest";
import { AwsError } from "../http.ts";
import { START } from "./given.ts";
import { EventPattern, entry, FIFO, givenLane, givenShell, PARTNER } from "./given-shell.ts";
import type { Deliver } from "./shell.ts";

const ARN = "arn:aws:events:us-east-1:000000000000";

describe("the local EventBridge, asked by the AWS SDK", () => {
  it("takes events from a partner bus to a FIFO queue, in the order of the entries", async () => {
    const { bridge, client, sent } = await givenLane();
    const ids = Array.from({ length: 10 }, (_, at) => `evt_${at}`);
    const reply = await client.send(new PutEventsCommand({ Entries: ids.map(entry) }));
    expect(reply).toMatchObject({ FailedEntryCount: 0 });
    await expect.poll(bridge.idle).toBe(true);
    expect(sent).toMatchObject(
      ids.map((id) => ({ targetArn: FIFO, body: `{"id":"${id}"}`, messageGroupId: "lane-00" })),
    );
  });

  it("performs the deliveries of one PutEvents one after the other, however long each takes", async () => {
    const finished: string[] = [];
    const deliver: Deliver = async (_, body) => {
      await new Promise((resolve) => setTimeout(resolve, body.includes("slow") ? 20 : 0));
      finished.push(body);
    };
    const { bridge, client } = await givenLane({ deliver });
    await client.send(new PutEventsCommand({ Entries: ["slow", "fast"].map(entry) }));
    expect(bridge.idle()).toBe(false);
    await expect.poll(bridge.idle).toBe(true);
    expect(finished).toEqual(['{"id":"slow"}', '{"id":"fast"}']);
  });

  it("answers with the SDK's exceptions, lists and timestamps", async () => {
    const { client } = await givenLane();
    await expect(client.send(new DescribeRuleCommand({ Name: "none" }))).rejects.toMatchObject({
      name: "ResourceNotFoundException",
      message: "Rule none does not exist on EventBus default.",
    });
    await expect(client.send(new PutRuleCommand({ Name: "r", EventPattern: "{}" }))).rejects.toMatchObject({
      name: "InvalidEventPatternException",
    });
    const { EventBuses = [] } = await client.send(new ListEventBusesCommand({}));
    expect(EventBuses.map(({ Name }) => Name)).toEqual([PARTNER, "default"]);
    expect(EventBuses[0]?.CreationTime).toEqual(new Date(START));
  });

  it("tells whether a pattern matches", async () => {
    const { client } = await givenShell();
    const event = {
      id: "1",
      account: "0",
      source: PARTNER,
      time: "t",
      region: "r",
      resources: [],
      "detail-type": "t",
    };
    const command = new TestEventPatternCommand({ EventPattern, Event: JSON.stringify(event) });
    expect((await client.send(command)).Result).toBe(true);
  });

  it("archives and replays, and takes the SDK's dates for the span of time", async () => {
    const { bridge, client, sent } = await givenLane();
    const EventSourceArn = `${ARN}:event-bus/${PARTNER}`;
    await client.send(new CreateArchiveCommand({ ArchiveName: "all", EventSourceArn, RetentionDays: 1 }));
    await client.send(new PutEventsCommand({ Entries: [entry("evt_1")] }));
    const span = { EventStartTime: new Date(START - 1000), EventEndTime: new Date(START + 1000) };
    const replay = {
      ReplayName: "r",
      EventSourceArn: `${ARN}:archive/all`,
      Destination: { Arn: EventSourceArn },
      ...span,
    };
    await client.send(new StartReplayCommand(replay));
    await expect.poll(bridge.idle).toBe(true);
    const described = await client.send(new DescribeReplayCommand({ ReplayName: "r" }));
    expect(described).toMatchObject({ State: "COMPLETED", ...span, ReplayEndTime: new Date(START) });
    expect(sent).toHaveLength(2);
    await expect(client.send(new CancelReplayCommand({ ReplayName: "r" }))).rejects.toMatchObject({
      name: "IllegalStatusException",
    });
  });

  it("lets injected faults happen before or after an operation", async () => {
    const broken = new AwsError("InternalException", "injected", { status: 500 });
    const whens: ("before" | "after")[] = ["before", "after"];
    const { bridge, client } = await givenShell({
      faults: (_, operation) => {
        const when = operation === "PutEvents" ? whens.shift() : undefined;
        return when && { when, error: broken };
      },
    });
    const put = () => client.send(new PutEventsCommand({ Entries: [{ ...entry("e"), Source: "shop" }] }));
    await expect(put()).rejects.toMatchObject({ name: "InternalException" });
    expect(bridge.state.metrics.putEventsEntries).toBe(0);
    await expect(put()).rejects.toMatchObject({ name: "InternalException" });
    expect(bridge.state.metrics.putEventsEntries).toBe(1);
    await put();
  });

  it("keeps the reports of its own shell to itself", async () => {
    const { bridge } = await givenShell();
    await expect(bridge.command("Tick", {})).rejects.toMatchObject({ code: "UnknownOperationException" });
    const headers = { "x-amz-target": "AWSEvents.DeliverySucceeded" };
    expect((await fetch(bridge.url, { method: "POST", headers, body: "{}" })).status).toBe(400);
  });
});
