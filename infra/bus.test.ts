import { describe, expect, it } from "vitest";
import {
  ACCOUNT,
  type Graph,
  LIVE_SOURCE,
  personal,
  production,
  STAGES,
  spare,
  stage,
  staging,
  statementsOf,
  TEST_SOURCE,
} from "./fixtures/stages.ts";

const BUS = "cloudwatch/eventBus:EventBus";
const ARCHIVE = "cloudwatch/eventArchive:EventArchive";
const LOG_GROUP = "cloudwatch/logGroup:LogGroup";
const LOG_POLICY = "cloudwatch/logResourcePolicy:LogResourcePolicy";

function logTargets({ of }: Graph) {
  return of("cloudwatch/eventTarget:EventTarget").filter(({ inputs }) => inputs.targetId === "log");
}

/** A bus that is there already, and as many lanes as there can be. */
const adopted = () => stage("production", { source: LIVE_SOURCE, adoptBus: true, lanes: 47 });

describe("the partner bus", () => {
  it("has the name of its source, by which EventBridge associates the two", async () => {
    const { inputs } = (await production()).one(BUS, "Bus");
    expect(inputs).toMatchObject({ name: LIVE_SOURCE, eventSourceName: LIVE_SOURCE });
  });

  it("is used and never made where it is there already, with rules and an archive as on any", async () => {
    const graph = await adopted();
    const bus = graph.one(BUS, "Bus");
    expect(bus.options.existing).toBe(true);
    expect((await production()).one(BUS, "Bus").options.existing).toBe(false);
    expect(graph.one(ARCHIVE, "Archive").inputs.eventSourceArn).toBe(bus.outputs.arn);
    const rules = graph.of("cloudwatch/eventRule:EventRule").map(({ inputs }) => inputs.eventBusName);
    expect(new Set(rules)).toEqual(new Set([LIVE_SOURCE]));
  });
});

describe("the buses", () => {
  it("are the ways in that the settings name", async () => {
    const names = async (graph: typeof personal) =>
      (await graph())
        .of(BUS)
        .map(({ inputs }) => inputs.name)
        .toSorted();
    expect(await names(personal)).toEqual(["stripe-lanes-ada-webhook"]);
    expect(await names(staging)).toEqual([TEST_SOURCE, "stripe-lanes-staging-webhook"]);
    expect(await names(production)).toEqual([LIVE_SOURCE]);
  });

  it("hold at most half of the rules that a bus may have, so that the lanes can change", async () => {
    const { of } = await adopted();
    expect(of("cloudwatch/eventRule:EventRule").length).toBeLessThanOrEqual(150);
  });
});

describe.each(Object.entries(STAGES))("every bus of a %s stage", (kind, graph) => {
  it("is kept with its archive, but on a personal stage", async () => {
    const isKept = kind !== "personal";
    for (const { options } of [...(await graph()).of(BUS), ...(await graph()).of(ARCHIVE)]) {
      expect(options).toMatchObject({ protect: isKept, retainOnDelete: isKept });
    }
  });

  it("has an archive of all of its events, for 90 days, or 7 on a personal stage", async () => {
    const { of } = await graph();
    const archived = of(ARCHIVE).map(({ inputs }) => inputs.eventSourceArn);
    expect(archived.toSorted()).toEqual(
      of(BUS)
        .map(({ outputs }) => outputs.arn)
        .toSorted(),
    );
    for (const { inputs, parent } of of(ARCHIVE)) {
      expect(inputs).toMatchObject({ retentionDays: kind === "personal" ? 7 : 90 });
      expect(inputs.eventPattern).toBeUndefined();
      expect(String(inputs.name).length).toBeLessThanOrEqual(48);
      expect(parent).toBeUndefined();
    }
  });
});

const LOGGED: [kind: string, graph: () => Promise<Graph>, buses: string[]][] = [
  ["staging", staging, [TEST_SOURCE, "stripe-lanes-staging-webhook"]],
  ["production", production, [LIVE_SOURCE]],
];

describe.each(LOGGED)("the log of all events of a %s stage", (_, graph, buses) => {
  it("has of every event its id, type, second and object's id, and nothing else (D19)", async () => {
    const made = await graph();
    expect(logTargets(made)).toHaveLength(2 * buses.length);
    for (const { name, inputs } of logTargets(made)) {
      const { inputPaths, inputTemplate } = inputs.inputTransformer as Record<string, unknown>;
      expect(inputPaths).toEqual({
        time: "$.time",
        id: "$.detail.id",
        type: "$.detail.type",
        created: "$.detail.created",
        object: name.endsWith("thin") ? "$.detail.related_object.id" : "$.detail.data.object.id",
      });
      const template = String(inputTemplate).replace("<time>", '"<time>"');
      expect(Object.keys(JSON.parse(template))).toEqual(["timestamp", "message"]);
    }
  });

  it("is kept for a month, and comes after the policy that lets EventBridge write to it", async () => {
    const made = await graph();
    const { inputs, outputs } = made.one(LOG_GROUP, "EventLog");
    expect(inputs).toMatchObject({ name: expect.stringMatching(/^\/aws\/events\//), retentionInDays: 30 });
    for (const { inputs: target, options } of logTargets(made)) {
      expect(target.arn).toBe(outputs.arn);
      expect(options.dependsOn).toContain("EventLogPolicy");
    }
  });

  it("lets EventBridge create a stream without a condition, which it cannot meet, and its rules write", async () => {
    const made = await graph();
    const { outputs } = made.one(LOG_GROUP, "EventLog");
    const { policyDocument } = made.one(LOG_POLICY, "EventLogPolicy").inputs;
    const allowed = {
      Effect: "Allow",
      Principal: { Service: ["events.amazonaws.com", "delivery.logs.amazonaws.com"] },
      Resource: `${outputs.arn}:*`,
    };
    const rules = buses.map((bus) => `arn:aws:events:us-east-1:${ACCOUNT}:rule/${bus}/*`);
    expect(statementsOf(policyDocument)).toEqual([
      { ...allowed, Action: "logs:CreateLogStream" },
      {
        ...allowed,
        Action: "logs:PutLogEvents",
        Condition: {
          ArnLike: { "aws:SourceArn": rules },
          StringEquals: { "aws:SourceAccount": ACCOUNT },
        },
      },
    ]);
  });
});

describe("a personal stage", () => {
  it("has no log of events, as a region holds ten policies for such logs", async () => {
    const made = await personal();
    expect(logTargets(made)).toEqual([]);
    expect(made.of(LOG_POLICY)).toEqual([]);
    expect(made.of(LOG_GROUP).filter(({ name }) => name === "EventLog")).toEqual([]);
  });

  it("logs events whole for a week where logEvents is set, for a first look", async () => {
    const made = await stage("ada", { logEvents: true });
    const [target, ...others] = logTargets(made);
    expect(others).toEqual([]);
    expect([target?.inputs.inputTransformer, target?.inputs.inputPath]).toEqual([undefined, undefined]);
    const pattern = made.one("cloudwatch/eventRule:EventRule", "webhook-log-whole").inputs.eventPattern;
    expect(JSON.parse(String(pattern))).toEqual({ source: [{ prefix: "stripe-lanes.webhook" }] });
    expect(made.one(LOG_GROUP, "EventLog").inputs.retentionInDays).toBe(7);
    expect(statementsOf(made.one(LOG_POLICY, "EventLogPolicy").inputs.policyDocument)).toHaveLength(2);
  });
});

it("a stage whose settings want no archive has none", async () => {
  const graph = await spare();
  expect(graph.of(BUS)).toHaveLength(1);
  expect(graph.of(ARCHIVE)).toEqual([]);
});

it("a deployment that drops a stage's source is stopped by the protection of all that events are lost with", async () => {
  const names = ({ resources }: Graph) => resources.map(({ type, name }) => `${type} ${name}`);
  const left = names(await spare());
  const deleted = (await staging()).resources.filter(({ type, name }) => !left.includes(`${type} ${name}`));
  const lost = deleted.filter(({ type }) => [`aws:${BUS}`, `aws:${ARCHIVE}`].includes(type));
  expect(lost.map(({ name, options }) => [name, options.protect])).toEqual([
    ["Archive", true],
    ["WebhookArchive", true],
    ["Bus", true],
  ]);
});

describe("a stage that its settings refuse", () => {
  it("makes nothing, and says why in one sentence", async () => {
    await expect(stage("ada", { mode: "live" })).rejects.toThrow(
      /^The stage ada is a personal one and takes test events only: /,
    );
  });
});
