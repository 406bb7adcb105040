// What AWS would say of a resource once it is there: its ARN, id and URL, in their real shapes.

export const ACCOUNT = "123456789012";

export type Inputs = Record<string, unknown>;

type Named = { name: string; region: string; inputs: Inputs };

type Made = {
  /** Told where a resource is looked up or imported. */
  id?: string | undefined;
  logicalName: string;
  inputs: Inputs;
  region: string;
};

type Attributes = { id: string } & Inputs;

/** By Pulumi's type. What is not here is known by its name, and has an ARN of its service and that. */
const ATTRIBUTES: Record<string, (named: Named) => Attributes> = {
  "aws:sqs/queue:Queue": ({ name, region }) => {
    const url = `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${name}`;
    return { id: url, url, arn: arn("sqs", region, name) };
  },
  "aws:dynamodb/table:Table": ({ name, region, inputs }) => {
    const table = arn("dynamodb", region, `table/${name}`);
    return { id: name, arn: table, streamArn: inputs.streamEnabled === true ? streamOf(table) : "" };
  },
  "aws:cloudwatch/eventBus:EventBus": ({ name, region }) => ({
    id: name,
    arn: arn("events", region, `event-bus/${name}`),
  }),
  "aws:cloudwatch/eventRule:EventRule": ({ name, region, inputs: { eventBusName: bus = "default" } }) => ({
    id: bus === "default" ? name : `${bus}/${name}`,
    arn: arn("events", region, bus === "default" ? `rule/${name}` : `rule/${bus}/${name}`),
  }),
  "aws:cloudwatch/eventTarget:EventTarget": ({ name, inputs: { eventBusName: bus = "default", rule } }) => ({
    id: `${bus}-${rule}-${name}`,
  }),
  "aws:cloudwatch/eventArchive:EventArchive": ({ name, region }) => ({
    id: name,
    arn: arn("events", region, `archive/${name}`),
  }),
  "aws:cloudwatch/logGroup:LogGroup": ({ name, region }) => ({
    id: name,
    arn: arn("logs", region, `log-group:${name}`),
  }),
  "aws:cloudwatch/metricAlarm:MetricAlarm": ({ name, region }) => ({
    id: name,
    arn: arn("cloudwatch", region, `alarm:${name}`),
  }),
  "aws:cloudwatch/dashboard:Dashboard": ({ name }) => ({
    id: name,
    dashboardArn: arn("cloudwatch", "", `dashboard/${name}`),
  }),
  "aws:sns/topic:Topic": ({ name, region }) => {
    const topic = arn("sns", region, name);
    return { id: topic, arn: topic };
  },
  "aws:iam/role:Role": ({ name }) => ({ id: name, uniqueId: name, arn: arn("iam", "", `role/${name}`) }),
  "aws:iam/policy:Policy": ({ name }) => {
    const policy = arn("iam", "", `policy/${name}`);
    return { id: policy, arn: policy };
  },
  "aws:lambda/function:Function": ({ name, region }) => {
    const fn = arn("lambda", region, `function:${name}`);
    const invokeArn = `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${fn}/invocations`;
    return { id: name, arn: fn, invokeArn, version: "$LATEST", qualifiedArn: `${fn}:$LATEST` };
  },
  "aws:lambda/functionUrl:FunctionUrl": ({ name, region }) => {
    const urlId = name.toLowerCase();
    return { id: name, urlId, functionUrl: `https://${urlId}.lambda-url.${region}.on.aws/` };
  },
  "aws:s3/bucket:Bucket": ({ name, region }) => ({
    id: name,
    arn: `arn:aws:s3:::${name}`,
    bucket: name,
    bucketDomainName: `${name}.s3.amazonaws.com`,
    bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
  }),
};

/** The fields that hold a resource's physical name, by the order in which they count. */
const NAMES = [
  "name",
  "bucket",
  "key",
  "dashboardName",
  "alarmName",
  "targetId",
  "policyName",
  "functionName",
];

/** What is known of a resource after it is made, besides its inputs. */
export function attributesOf(type: string, { id, logicalName, inputs, region }: Made): Attributes {
  const told = NAMES.map((field) => inputs[field]).find((value) => typeof value === "string");
  const name = id || (told as string | undefined) || logicalName;
  return { name, ...(ATTRIBUTES[type]?.({ name, region, inputs }) ?? otherwise(type, name, region)) };
}

function otherwise(type: string, name: string, region: string): Attributes {
  const [, service] = /^aws:(\w+)\//.exec(type) ?? [];
  return { id: name, ...(service !== undefined && { arn: arn(service, region, name) }) };
}

function arn(service: string, region: string, resource: string): string {
  return `arn:aws:${service}:${region}:${ACCOUNT}:${resource}`;
}

function streamOf(table: string): string {
  return `${table}/stream/2026-01-01T00:00:00.000`;
}
