// How far a run is and where its services are: what `GET /` answers, and what is printed.
import { BUS } from "@stripe-lanes/testing/local/deploy";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { countsOf } from "../report.ts";

export function endpointsOf({ aws, deployed }: Pipeline, url: string) {
  return {
    webhook: `${url}/webhook`,
    eventBridge: { url: aws.events.url, bus: BUS },
    sqs: { url: aws.sqs.url, queue: deployed.queueUrl, parked: deployed.parkedUrl },
    dynamodb: { url: aws.dynamodb.url, table: deployed.table },
  };
}

export function statusOf(pipeline: Pipeline, url: string) {
  return { counts: countsOf(pipeline), endpoints: endpointsOf(pipeline, url) };
}
