// The lanes' queue, the dead-letter queue where messages are parked, and the one for what EventBridge could not deliver.
import { type Ingress, rulesArn } from "./bus.ts";
import { kept, type Settings } from "./settings.ts";
import { WORKER_SECONDS } from "./timeouts.ts";

export type Queues = { lanes: sst.aws.Queue; parked: sst.aws.Queue; undelivered: sst.aws.Queue };

/** SQS's most, in seconds: 14 days. */
const LONGEST_RETENTION = 14 * 24 * 60 * 60;

/** SQS's most. The queue's own redrive knows no reasons and takes healthy followers along: the last resort (D8). */
const MOST_RECEIVES = 1000;

/** What AWS asks for at least, so that no batch comes back while a worker has it. */
const VISIBILITY_SECONDS = 6 * WORKER_SECONDS;

/** Each group has a throughput and a memory of copies of its own; no event reaches two groups of one bus (D3). */
const HIGH_THROUGHPUT = { deduplicationScope: "messageGroup", fifoThroughputLimit: "perMessageGroupId" };
const STORED = { messageRetentionSeconds: LONGEST_RETENTION, sqsManagedSseEnabled: true };

export function queues(settings: Settings): Queues {
  const parked = new sst.aws.Queue(
    "Parked",
    { fifo: true, transform: { queue: { ...STORED, ...HIGH_THROUGHPUT } } },
    kept(settings),
  );
  const undelivered = new sst.aws.Queue("Undelivered", { transform: { queue: STORED } }, kept(settings));
  const lanes = lanesQueue(parked, settings);
  new aws.sqs.RedriveAllowPolicy("ParkedRedriveAllow", {
    queueUrl: parked.url,
    redriveAllowPolicy: $jsonStringify({ redrivePermission: "byQueue", sourceQueueArns: [lanes.arn] }),
  });
  return { lanes, parked, undelivered };
}

function lanesQueue(parked: sst.aws.Queue, settings: Settings): sst.aws.Queue {
  const args = {
    fifo: { contentBasedDeduplication: true },
    visibilityTimeout: `${VISIBILITY_SECONDS} seconds` as const,
    dlq: { queue: parked.arn, retry: MOST_RECEIVES },
    transform: { queue: { ...STORED, ...HIGH_THROUGHPUT } },
  };
  return new sst.aws.Queue("Lanes", args, kept(settings));
}

/**
 * Lets the rules of these buses send to a queue, and nobody else. SST's own policy trusts every rule of every
 * account, and a queue has one policy only.
 */
export function admitRules(
  name: string,
  queue: sst.aws.Queue,
  ingresses: Ingress[],
  account: $util.Input<string>,
): aws.sqs.QueuePolicy {
  const statement = {
    Effect: "Allow",
    Principal: { Service: "events.amazonaws.com" },
    Action: "sqs:SendMessage",
    Resource: queue.arn,
    Condition: {
      ArnLike: { "aws:SourceArn": ingresses.map(rulesArn) },
      StringEquals: { "aws:SourceAccount": account },
    },
  };
  const policy = $jsonStringify({ Version: "2012-10-17", Statement: [statement] });
  return new aws.sqs.QueuePolicy(name, { queueUrl: queue.url, policy });
}
