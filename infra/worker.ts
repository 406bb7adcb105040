// The worker: the function that takes batches of the lanes' queue, and what it may do.

import { BUNDLING, PACKING } from "./bundling.ts";
import type { Queues } from "./queue.ts";
import { logsPermission, narrowRole } from "./role.ts";
import { nameOf, type Settings } from "./settings.ts";
import { WORKER_SECONDS } from "./timeouts.ts";

/** SQS's most for a FIFO queue. */
const BATCH_SIZE = 10;

/** Requests a second of Stripe's limit that all workers share (D12). */
const STRIPE_RATE = 20;

export type WorkerOptions = {
  queues: Queues;
  table: sst.aws.Dynamo;
  settings: Settings;
  account: $util.Input<string>;
};

export function worker(options: WorkerOptions): sst.aws.Function {
  const { queues, settings, account } = options;
  const name = nameOf(settings, "worker");
  const made = new sst.aws.Function("Worker", {
    name,
    handler: "packages/functions/src/worker.handler",
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: "512 MB",
    timeout: `${WORKER_SECONDS} seconds`,
    logging: { format: "text", retention: "1 month" },
    nodejs: BUNDLING,
    hook: PACKING,
    environment: environment(options),
    permissions: [...permissions(options), logsPermission(name, settings, account)],
    transform: { role: narrowRole },
  });
  subscribe(queues.lanes, made, settings);
  return made;
}

/** By its ARN: a handler would be granted more by SST than it uses. */
function subscribe(queue: sst.aws.Queue, { arn }: sst.aws.Function, { concurrency }: Settings): void {
  queue.subscribe(arn, {
    batch: { size: BATCH_SIZE, partialResponses: true },
    transform: { eventSourceMapping: { scalingConfig: { maximumConcurrency: concurrency } } },
  });
}

/** What packages/functions/src/settings.ts reads. */
function environment({ queues, table, settings }: WorkerOptions): Record<string, $util.Input<string>> {
  return {
    TABLE_NAME: table.name,
    QUEUE_URL: queues.lanes.url,
    PARKED_QUEUE_URL: queues.parked.url,
    TENANT: "main",
    MODE: settings.mode,
    LEDGER_DAYS: String(settings.ledgerDays),
    STRIPE_KEY: new sst.Secret("StripeKey", "").value,
    STRIPE_RATE: String(STRIPE_RATE / settings.concurrency),
    CUSTOMER_REFERENCE: settings.customerReference ?? "",
    LABEL: settings.label ?? "",
    RAW: settings.raw ? "on" : "off",
    METRICS: "on",
    STAGE: settings.stage,
  };
}

/** The requests it makes, and no others. IAM knows a transaction by the writes in it. */
function permissions({ queues, table }: WorkerOptions): sst.aws.FunctionPermissionArgs[] {
  return [
    {
      actions: ["dynamodb:BatchGetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
      resources: [table.arn],
    },
    { actions: ["dynamodb:Query"], resources: [$interpolate`${table.arn}/index/gsi1`] },
    {
      actions: [
        "sqs:ChangeMessageVisibility",
        "sqs:DeleteMessage",
        "sqs:GetQueueAttributes",
        "sqs:ReceiveMessage",
        "sqs:SendMessage",
      ],
      resources: [queues.lanes.arn],
    },
    { actions: ["sqs:SendMessage"], resources: [queues.parked.arn] },
  ];
}
