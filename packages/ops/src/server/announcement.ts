// What a run that stays up prints: where it is, and each command to go on with, ready to paste.
import type { Mode } from "@stripe-lanes/core/mode";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { NEWEST_API_VERSION } from "@stripe-lanes/testing/stripe/api-versions";
import { DEFAULT_PORT, portsFrom } from "../ports.ts";
import type { Front } from "./front.ts";
import { endpointsOf } from "./status.ts";

export type Announced = {
  pipeline: Pipeline;
  front: Pick<Front, "url" | "token" | "secret">;
  mode: Mode;
  /** Whether a secret of the Stripe CLI's was told. */
  takesCli: boolean;
};

export function announcement({ pipeline, front, mode, takesCli }: Announced): string {
  const { url, token, secret } = front;
  const { webhook, eventBridge, sqs, dynamodb } = endpointsOf(pipeline, url);
  const authorization = `-H 'Authorization: Bearer ${token}'`;
  return `
Still running; Ctrl-C ends it with a report.
  This run     ${url}
  EventBridge  ${eventBridge.url}  bus ${eventBridge.bus}
  SQS          ${sqs.url}  queue ${sqs.queue}
  DynamoDB     ${dynamodb.url}  table ${dynamodb.table}

One more event:  curl ${authorization} -d '${JSON.stringify(sampleEvent(mode))}' ${url}/
From a file:     curl ${authorization} --data-binary @event.json ${url}/
The status:      curl ${authorization} ${url}/
What is parked:  npm run dlq -- list${whereOption(pipeline, url)}
From Stripe:     stripe listen --forward-to ${webhook}${takesCli ? "" : CLI_HINT}
Signed by you:   POST to ${webhook}; this run's signing secret is ${secret}
From an AWS SDK: ${environment(pipeline)}
`;
}

const CLI_HINT = `
                 (it signs with a secret of its own: npm start -- --webhook-secret "$(stripe listen --print-secret)")`;

/** One that any mode takes, and that changes one row. */
function sampleEvent(mode: Mode): object {
  return {
    id: "evt_sample",
    object: "event",
    api_version: NEWEST_API_VERSION,
    type: "customer.created",
    created: Math.floor(Date.now() / 1000),
    livemode: mode === "live",
    data: { object: { id: "cus_sample", object: "customer", name: "Ada" } },
  };
}

/** What dlq is to be told: nothing at the usual ports, and each endpoint where they are not side by side. */
function whereOption({ aws: { sqs, dynamodb } }: Pipeline, url: string): string {
  const port = portOf(url);
  const { sqs: sqsPort, dynamodb: dynamodbPort } = portsFrom(port);
  const areSideBySide = portOf(sqs.url) === sqsPort && portOf(dynamodb.url) === dynamodbPort;
  if (!areSideBySide) return ` --endpoint-sqs ${sqs.url} --endpoint-dynamodb ${dynamodb.url}`;
  return port === DEFAULT_PORT ? "" : ` --port ${port}`;
}

function portOf(url: string): number {
  return Number(new URL(url).port);
}

function environment({ aws }: Pipeline): string {
  const settings = Object.entries(aws.env).map(([name, value]) => `${name}=${value}`);
  return `export ${settings.join(" ")}`;
}
