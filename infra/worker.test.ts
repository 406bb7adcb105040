import { readSettings } from "@stripe-lanes/functions/settings";
import { describe, expect, it } from "vitest";
import { type Graph, production, STAGES, stage, staging, statementsOf } from "./fixtures/stages.ts";

/** The stub of `sst dev` answers success after so many seconds, when nobody listens. */
const STUB_GIVES_UP = 16;

function functions(graph: Graph) {
  return graph.of("lambda/function:Function");
}

function environmentOf(graph: Graph): Record<string, string> {
  const { inputs } = graph.one("lambda/function:Function", "WorkerFunction");
  return (inputs.environment as { variables: Record<string, string> }).variables;
}

function mappingOf(graph: Graph) {
  const [mapping, ...others] = graph.of("lambda/eventSourceMapping:EventSourceMapping");
  expect(others).toEqual([]);
  return mapping?.inputs ?? {};
}

describe.each(Object.entries(STAGES))("the worker of a %s stage", (_, graph) => {
  it("ends before the stub of sst dev gives up: a batch comes back instead of being lost (D19)", async () => {
    for (const { inputs } of functions(await graph())) {
      expect(inputs.timeout).toBeLessThan(STUB_GIVES_UP);
    }
    const { inputs } = (await graph()).one("lambda/function:Function", "WorkerFunction");
    expect(inputs.timeout).toBe(15);
  });

  it("runs on Node 24 and arm64, and keeps its log for a month", async () => {
    for (const { inputs } of functions(await graph())) {
      expect(inputs).toMatchObject({ runtime: "nodejs24.x", architectures: ["arm64"] });
      const { logGroup } = inputs.loggingConfig as { logGroup: string };
      const groups = (await graph()).of("cloudwatch/logGroup:LogGroup");
      expect(groups.find((group) => group.inputs.name === logGroup)?.inputs.retentionInDays).toBe(30);
    }
  });

  it("takes ten messages at most and says which of them failed, with nothing filtered away", async () => {
    const mapping = mappingOf(await graph());
    expect(mapping).toMatchObject({ batchSize: 10, functionResponseTypes: ["ReportBatchItemFailures"] });
    expect(mapping.filterCriteria).toBeUndefined();
  });

  it("is fed by the lanes' queue, and only so many at one time as share Stripe's rate", async () => {
    const { eventSourceArn, functionName, scalingConfig } = mappingOf(await graph());
    expect(eventSourceArn).toBe((await graph()).one("sqs/queue:Queue", "LanesQueue").outputs.arn);
    expect(functionName).toBe((await graph()).one("lambda/function:Function", "WorkerFunction").outputs.arn);
    const { maximumConcurrency } = scalingConfig as { maximumConcurrency: number };
    expect(Number(environmentOf(await graph()).STRIPE_RATE) * maximumConcurrency).toBe(20);
  });

  it("keeps its source maps with its code: each would be a resource, of which the SST Console bills those above 350", async () => {
    const made = await graph();
    const uploaded = made.of("s3/bucketObjectv2:BucketObjectv2").map(({ name }) => name);
    expect(uploaded.toSorted()).toEqual(
      functions(made)
        .map(({ name }) => name.replace(/Function$/, "Code"))
        .toSorted(),
    );
    expect(made.resources.length).toBeLessThan(350);
  });

  it("reserves no concurrency of the account", async () => {
    for (const { inputs } of functions(await graph())) {
      expect(inputs.reservedConcurrentExecutions).toBeUndefined();
    }
  });

  it("can read its settings, and has no Stripe key unless one is set", async () => {
    const made = await graph();
    const settings = readSettings(environmentOf(made));
    expect(settings).toMatchObject({
      table: made.one("dynamodb/table:Table", "TableTable").inputs.name,
      queueUrl: made.one("sqs/queue:Queue", "LanesQueue").outputs.url,
      parkedUrl: made.one("sqs/queue:Queue", "ParkedQueue").outputs.url,
      ledgerDays: 90,
      stripeKey: undefined,
    });
  });
});

describe("what the worker may do", () => {
  async function statements() {
    const { inputs } = (await production()).one("iam/role:Role", "WorkerRole");
    const policies = inputs.inlinePolicies as { policy: string }[];
    return policies.flatMap(({ policy }) => statementsOf(policy));
  }

  it("is exactly what it does, each on the one resource it does it to", async () => {
    const graph = await production();
    const table = graph.one("dynamodb/table:Table", "TableTable").outputs.arn;
    const lanes = graph.one("sqs/queue:Queue", "LanesQueue").outputs.arn;
    const parked = graph.one("sqs/queue:Queue", "ParkedQueue").outputs.arn;
    const logs = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/stripe-lanes-production-worker:*";
    const allowed = (await statements()).flatMap(({ Action, Resource }) =>
      [Action].flat().map((action) => `${action} ${Resource}`),
    );
    expect(allowed.toSorted()).toEqual(
      [
        `dynamodb:BatchGetItem ${table}`,
        `dynamodb:PutItem ${table}`,
        `dynamodb:Query ${table}/index/gsi1`,
        `dynamodb:UpdateItem ${table}`,
        `logs:CreateLogStream ${logs}`,
        `logs:PutLogEvents ${logs}`,
        `sqs:ChangeMessageVisibility ${lanes}`,
        `sqs:DeleteMessage ${lanes}`,
        `sqs:GetQueueAttributes ${lanes}`,
        `sqs:ReceiveMessage ${lanes}`,
        `sqs:SendMessage ${lanes}`,
        `sqs:SendMessage ${parked}`,
      ].toSorted(),
    );
  });

  it("is in no other policy", async () => {
    const { of } = await production();
    expect(of("iam/rolePolicyAttachment:RolePolicyAttachment")).toEqual([]);
    expect(of("iam/rolePolicy:RolePolicy")).toEqual([]);
    expect(of("iam/policy:Policy")).toEqual([]);
  });

  it("names no action by a wildcard, in the role of any function", async () => {
    const roles = (await staging()).of("iam/role:Role").map(({ inputs }) => inputs);
    const policies = roles.flatMap(({ inlinePolicies }) => inlinePolicies as { policy: string }[]);
    const actions = policies.flatMap(({ policy }) => statementsOf(policy).flatMap(({ Action }) => Action));
    expect(roles).toHaveLength(2);
    expect(actions.filter((action) => action.includes("*"))).toEqual([]);
    expect(roles.flatMap(({ managedPolicyArns }) => managedPolicyArns)).toEqual([]);
  });

  it("is for Lambda alone to take on: SST would let the whole account", async () => {
    for (const { inputs } of (await staging()).of("iam/role:Role")) {
      const principals = statementsOf(inputs.assumeRolePolicy).map(({ Principal }) => Principal);
      expect(principals).toEqual([{ Service: "lambda.amazonaws.com" }]);
    }
  });
});

it("a stage in live mode has a worker that takes live events", async () => {
  expect(environmentOf(await production())).toMatchObject({
    MODE: "live",
    STAGE: "production",
    METRICS: "on",
    RAW: "off",
  });
  expect(environmentOf(await stage("ada"))).toMatchObject({ MODE: "test", STAGE: "ada" });
});

it("a stage that keeps whole Stripe objects has a worker that packs them", async () => {
  expect(environmentOf(await stage("ada", { raw: true }))).toMatchObject({ RAW: "on" });
});
