import { describe, expect, it } from "vitest";
import {
  ACCOUNT,
  type Graph,
  LIVE_SOURCE,
  production,
  STAGES,
  staging,
  statementsOf,
} from "./fixtures/stages.ts";

const DAY = 24 * 60 * 60;

function queue(graph: Graph, name: string) {
  const { inputs, outputs, options } = graph.one("sqs/queue:Queue", `${name}Queue`);
  return { inputs, arn: outputs.arn, url: outputs.url, options };
}

describe.each(Object.entries(STAGES))("the queues of a %s stage", (kind, graph) => {
  it("are three: the lanes', the one of what is parked, and the one of what EventBridge could not deliver", async () => {
    const names = (await graph()).of("sqs/queue:Queue").map(({ name }) => name);
    expect(names.toSorted()).toEqual(["LanesQueue", "ParkedQueue", "UndeliveredQueue"]);
  });

  it("deduplicate what rules send by its content, as a rule can name no deduplication id (D1)", async () => {
    const { inputs } = queue(await graph(), "Lanes");
    expect(inputs).toMatchObject({ fifoQueue: true, contentBasedDeduplication: true });
  });

  it("are high-throughput FIFO queues, but for a rule's, which must be a standard one (D3)", async () => {
    const high = { deduplicationScope: "messageGroup", fifoThroughputLimit: "perMessageGroupId" };
    expect(queue(await graph(), "Lanes").inputs).toMatchObject({ fifoQueue: true, ...high });
    expect(queue(await graph(), "Parked").inputs).toMatchObject({ fifoQueue: true, ...high });
    expect(queue(await graph(), "Undelivered").inputs).toMatchObject({ fifoQueue: false });
  });

  it.each(["Lanes", "Parked", "Undelivered"])("keep messages for 14 days, encrypted: %s", async (name) => {
    const { inputs } = queue(await graph(), name);
    expect(inputs).toMatchObject({ messageRetentionSeconds: 14 * DAY, sqsManagedSseEnabled: true });
  });

  it("redrive by themselves at SQS's most only, since parking is the worker's job (D8)", async () => {
    const { inputs } = queue(await graph(), "Lanes");
    expect(JSON.parse(String(inputs.redrivePolicy))).toEqual({
      deadLetterTargetArn: queue(await graph(), "Parked").arn,
      maxReceiveCount: 1000,
    });
  });

  it("let no other queue redrive into the one of what is parked", async () => {
    const { inputs } = (await graph()).one("sqs/redriveAllowPolicy:RedriveAllowPolicy", "ParkedRedriveAllow");
    expect(inputs.queueUrl).toBe(queue(await graph(), "Parked").url);
    expect(JSON.parse(String(inputs.redriveAllowPolicy))).toEqual({
      redrivePermission: "byQueue",
      sourceQueueArns: [queue(await graph(), "Lanes").arn],
    });
  });

  it("hide a batch for six times the worker's timeout (D19)", async () => {
    const { inputs } = (await graph()).one("lambda/function:Function", "WorkerFunction");
    expect(queue(await graph(), "Lanes").inputs.visibilityTimeoutSeconds).toBe(6 * Number(inputs.timeout));
  });

  it.each(["Lanes", "Parked", "Undelivered"])("are kept, but on a personal stage: %s", async (name) => {
    const isKept = kind !== "personal";
    expect(queue(await graph(), name).options).toMatchObject({ protect: isKept, retainOnDelete: isKept });
  });
});

describe.each(["Lanes", "Undelivered"])("the policy of the queue %s", (name) => {
  async function statements(graph: () => Promise<Graph>) {
    const { inputs } = (await graph()).one("sqs/queuePolicy:QueuePolicy", `${name}Policy`);
    expect(inputs.queueUrl).toBe(queue(await graph(), name).url);
    return statementsOf(inputs.policy);
  }

  it("lets the rules of the bus in this account send, and nobody do anything else", async () => {
    expect(await statements(production)).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: queue(await production(), name).arn,
        Condition: {
          ArnLike: { "aws:SourceArn": [`arn:aws:events:us-east-1:${ACCOUNT}:rule/${LIVE_SOURCE}/*`] },
          StringEquals: { "aws:SourceAccount": ACCOUNT },
        },
      },
    ]);
  });

  it("covers every rule that sends to it, over whichever bus", async () => {
    const [statement] = await statements(staging);
    const allowed = [statement?.Condition?.ArnLike?.["aws:SourceArn"]].flat().map(String);
    const rules = (await staging())
      .of("cloudwatch/eventRule:EventRule")
      .map(({ outputs }) => String(outputs.arn));
    const isAllowed = (rule: string) => allowed.some((arn) => rule.startsWith(arn.slice(0, -1)));
    expect(allowed).toHaveLength(2);
    expect(rules.filter((rule) => !isAllowed(rule))).toEqual([]);
  });

  it("is there before any rule sends: what a missing one refuses is not tried again", async () => {
    const targets = (await staging()).of("cloudwatch/eventTarget:EventTarget");
    const toLanes = targets.filter(({ inputs }) => inputs.targetId === "lanes");
    expect(toLanes).not.toEqual([]);
    for (const { options } of toLanes) expect(options.dependsOn).toContain(`${name}Policy`);
  });
});

it("a queue has one policy: a second one would replace the first", async () => {
  const urls = (await staging()).of("sqs/queuePolicy:QueuePolicy").map(({ inputs }) => inputs.queueUrl);
  expect(new Set(urls).size).toBe(urls.length);
});
