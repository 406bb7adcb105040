// What AWS itself writes about events and invocations: as large as here, whatever ids and times are in it.
import type { StripeEvent } from "@stripe-lanes/testing/stripe/event";
import { MEMORY_MEGABYTES } from "./stage.ts";

const TIME = "2026-11-21T12:00:00.000Z";
const ID = "8f7e1a52-3c1d-4b6e-9a0f-2d5c7b9e4f10";

/** An event as EventBridge archives it ("AWS service event metadata", Amazon EventBridge User Guide). */
export function envelopeOf(event: StripeEvent): string {
  return JSON.stringify({
    version: "0",
    id: ID,
    "detail-type": event.type,
    source: "aws.partner/stripe.com/ed_61RsabcDEF",
    account: "123456789012",
    time: "2026-11-21T12:00:00Z",
    region: "us-east-1",
    resources: ["arn:aws:events:us-east-1::event-source/aws.partner/stripe.com/ed_61RsabcDEF"],
    detail: event,
  });
}

/** As infra/event-log.ts has it written. */
export function eventLogLine({ id, type, created, data }: StripeEvent): string {
  return `id=${id} type=${type} created=${created} object=${data.object.id}`;
}

/** At the system log level INFO, in JSON ("Lambda Telemetry API Event schema reference", AWS Lambda Developer Guide). */
export function invocationLines(): string[] {
  const metrics = {
    durationMs: 12.345,
    billedDurationMs: 13,
    memorySizeMB: MEMORY_MEGABYTES,
    maxMemoryUsedMB: 123,
  };
  const lines = [
    { time: TIME, type: "platform.start", record: { requestId: ID, version: "$LATEST" } },
    { time: TIME, type: "platform.report", record: { requestId: ID, metrics, status: "success" } },
  ];
  return lines.map((line) => JSON.stringify(line));
}
