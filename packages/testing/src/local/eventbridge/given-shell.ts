// A running EventBridge with an AWS SDK client, targets that remember, and a clock that the test moves.
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from "@aws-sdk/client-eventbridge";
import { onTestFinished } from "vitest";
import { localClock } from "../clock.ts";
import { DEAD_LETTERS, QUEUE, START } from "./given.ts";
import { type EventBridgeOptions, startEventBridge } from "./server.ts";
import type { Deliver, DeliverOptions } from "./shell.ts";

export const PARTNER = "aws.partner/stripe.com/ed_1";
export const FIFO = `${QUEUE}.fifo`;
export const EventPattern = JSON.stringify({ source: [{ prefix: "aws.partner/stripe.com/" }] });

export type Sent = { targetArn: string; body: string } & DeliverOptions;

const TARGET = {
  Id: "queue",
  Arn: FIFO,
  SqsParameters: { MessageGroupId: "lane-00" },
  InputTransformer: { InputPathsMap: { id: "$.detail.id" }, InputTemplate: '{"id":<id>}' },
  DeadLetterConfig: { Arn: DEAD_LETTERS },
};

/** Closed when the test is finished. */
export async function givenShell(options: Partial<EventBridgeOptions> = {}) {
  const clock = localClock(() => START);
  const sent: Sent[] = [];
  const deliver: Deliver = (targetArn, body, rest) => sent.push({ targetArn, body, ...rest });
  const bridge = await startEventBridge({ clock, deliver, ...options });
  onTestFinished(bridge.close);
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const at = { endpoint: bridge.url, region: "us-east-1", credentials };
  const client = new EventBridgeClient({ ...at, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return { bridge, client, clock, sent };
}

/** With a partner bus and one rule from it to a FIFO queue. */
export async function givenLane(options: Partial<EventBridgeOptions> = {}) {
  const given = await givenShell(options);
  const { client } = given;
  await client.send(new CreateEventBusCommand({ Name: PARTNER, EventSourceName: PARTNER }));
  await client.send(new PutRuleCommand({ Name: "lane", EventBusName: PARTNER, EventPattern }));
  await client.send(new PutTargetsCommand({ Rule: "lane", EventBusName: PARTNER, Targets: [TARGET] }));
  return given;
}

/** An entry of PutEvents, as Stripe's partner event source sends it. */
export function entry(id: string) {
  const Detail = JSON.stringify({ id });
  return { EventBusName: PARTNER, Source: PARTNER, DetailType: "invoice.paid", Detail };
}
