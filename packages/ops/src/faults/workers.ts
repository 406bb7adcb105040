// Which workers may come to harm: none that handles a suspect, which two ends of a process would park (D8).
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { mostReceives } from "@stripe-lanes/testing/local/sqs/questions";
import type { SQSRecord } from "aws-lambda";

/** From its third receive a record is a suspect. */
const SUSPECT_RECEIVES = 3;

export function isWithoutSuspects(records: SQSRecord[]): boolean {
  return records.every(({ attributes }) => Number(attributes.ApproximateReceiveCount) < SUSPECT_RECEIVES);
}

/** Whether no worker has a suspect, as the receive counts of all that is in flight say. */
export function areWithoutSuspects({ aws, deployed, clock }: Pipeline): boolean {
  return mostReceives(aws.sqs.state, deployed.queueUrl, clock.now()) < SUSPECT_RECEIVES;
}

/** Ends every environment that is in the middle of something. */
export function killBusy({ runtime }: Pipeline): void {
  for (const { busy, kill } of runtime.environments()) if (busy) kill();
}
