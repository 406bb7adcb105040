// What AWS itself writes about events and invocations: as large as here, whatever ids and times are in it.
import type { StripeEvent } from "@stripe-lanes/testing/stripe/event";
import { MEMORY_MEGABYTES } from "./stage.ts";

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

/** In the text format ("Understanding Lambda function logs", AWS Lambda Developer Guide). */
export function invocationLines(): string[] {
  const report = [
    `REPORT RequestId: ${ID}`,
    "Duration: 12.35 ms",
    "Billed Duration: 13 ms",
    `Memory Size: ${MEMORY_MEGABYTES} MB`,
    "Max Memory Used: 123 MB",
  ];
  return [`START RequestId: ${ID} Version: $LATEST`, `END RequestId: ${ID}`, report.join("\t")];
}
