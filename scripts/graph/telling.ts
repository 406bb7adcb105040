// What tells most of a resource, in a few words.
import type { Inputs } from "./attributes.ts";
import type { Resource } from "./resource.ts";

/** By type: words with paths into the inputs. A property that is not set takes its words with it. */
const TELLING: Record<string, string[]> = {
  "aws:cloudwatch/eventArchive:EventArchive": ["{retentionDays} days"],
  "aws:cloudwatch/eventBus:EventBus": ["{name}", "from {eventSourceName}"],
  "aws:cloudwatch/eventRule:EventRule": ["on {eventBusName}", "{eventPattern}"],
  "aws:cloudwatch/eventTarget:EventTarget": ["to {arn}", "group {sqsTarget.messageGroupId}"],
  "aws:cloudwatch/logGroup:LogGroup": ["{name}", "{retentionInDays} days"],
  "aws:cloudwatch/metricAlarm:MetricAlarm": [
    "{metricName}",
    "past {threshold} in {period} s:",
    "{alarmDescription}",
  ],
  "aws:dynamodb/table:Table": [
    "{billingMode}",
    "TTL {ttl.attributeName}",
    "deletion protection {deletionProtectionEnabled}",
  ],
  "aws:iam/role:Role": ["{name}"],
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": ["{policyDocument}"],
  "aws:lambda/eventSourceMapping:EventSourceMapping": [
    "batches of {batchSize}",
    "at most {scalingConfig.maximumConcurrency} at a time",
  ],
  "aws:lambda/function:Function": ["{runtime}", "{architectures.0}", "{memorySize} MB", "{timeout} s"],
  "aws:lambda/functionUrl:FunctionUrl": ["authorization {authorizationType}"],
  "aws:lambda/permission:Permission": ["{principal} may {action}"],
  "aws:s3/bucketObjectv2:BucketObjectv2": ["{source} to {bucket}"],
  "aws:sns/topicSubscription:TopicSubscription": ["{protocol} to {endpoint}"],
  "aws:sqs/queue:Queue": [
    "FIFO {fifoQueue}",
    "content-based deduplication {contentBasedDeduplication}",
    "visibility {visibilityTimeoutSeconds} s",
    "kept {messageRetentionSeconds} s",
  ],
  "aws:sqs/queuePolicy:QueuePolicy": ["{policy}"],
  "aws:sqs/redriveAllowPolicy:RedriveAllowPolicy": ["{redriveAllowPolicy}"],
};

const OTHERWISE = ["{name}"];

export function tellingOf({ type, inputs, options }: Resource): string {
  const { protect, retainOnDelete, existing } = options;
  const words = (TELLING[type] ?? OTHERWISE).flatMap((template) => filled(template, inputs) ?? []);
  if (existing) words.unshift("there already");
  if (retainOnDelete) words.unshift("outlives its removal");
  if (protect) words.unshift("protected");
  return words.join(", ").replace(":, ", ": ");
}

function filled(template: string, inputs: Inputs): string | undefined {
  const paths = [...template.matchAll(/\{([\w.]+)\}/g)].map(([, path = ""]) => path);
  if (paths.some((path) => valueAt(inputs, path) === undefined)) return undefined;
  return template.replaceAll(/\{([\w.]+)\}/g, (_, path: string) => shown(valueAt(inputs, path)));
}

function valueAt(inputs: Inputs, path: string): unknown {
  return path.split(".").reduce<unknown>((value, step) => (value as Inputs | undefined)?.[step], inputs);
}

/** Of an ARN, what comes after the account. */
function shown(value: unknown): string {
  return String(value).replace(/^arn:aws:(\w+):[\w-]*:\d*:/, "$1 ");
}
