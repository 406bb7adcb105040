// What operators do in the middle of the traffic: replay what an archive kept, redrive what is parked.
import { BUS } from "@stripe-lanes/testing/local/deploy";
import { archiveArn, busArn } from "@stripe-lanes/testing/local/eventbridge/arn";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { deadLetters } from "../dlq/dead-letters.ts";
import { redrive } from "../dlq/redrive.ts";
import { openStage } from "../dlq/stage.ts";

const ARCHIVE = "faults";

/** From now on what comes by is kept. */
export async function startArchive({ aws }: Pipeline): Promise<void> {
  await aws.events.command("CreateArchive", { ArchiveName: ARCHIVE, EventSourceArn: busArn(BUS) });
}

/** Sends what was kept once more, and keeps no more; gives whether there was anything. */
export async function replayArchive({ aws, clock }: Pipeline): Promise<boolean> {
  const { EventCount } = await aws.events.command("DescribeArchive", { ArchiveName: ARCHIVE });
  await aws.events.command("StartReplay", {
    ReplayName: ARCHIVE,
    EventSourceArn: archiveArn(ARCHIVE),
    Destination: { Arn: busArn(BUS) },
    EventStartTime: 0,
    EventEndTime: clock.now() / 1000 + 1,
  });
  await aws.events.command("DeleteArchive", { ArchiveName: ARCHIVE });
  return EventCount !== 0;
}

/** Resolves when something is parked. */
export function someParked({ aws, deployed }: Pipeline): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const forget = aws.sqs.onMessages(deployed.parkedUrl, resolve);
  return promise.finally(forget);
}

/** Everything that is parked goes back to its lane; gives how many messages did. */
export async function redriveParked({ aws }: Pipeline, signal: AbortSignal): Promise<number> {
  const endpoints = { sqs: aws.sqs.url, dynamodb: aws.dynamodb.url };
  const stage = await openStage({ endpoints, tenant: undefined }, {});
  const { sent } = await redrive({
    letters: deadLetters(stage),
    sqs: stage.sqs,
    queueUrl: stage.queueUrl,
    tenant: stage.tenant,
    filter: {},
    force: true,
    signal,
    beforeSending: async () => {},
    turn: async () => {},
  }).finally(stage.close);
  return sent.filter(({ step }) => step === "sent" || step === "kept").length;
}
