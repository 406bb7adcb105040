import { laneRules } from "@stripe-lanes/core/lanes";
import { describe, expect, it } from "vitest";
import { lanes } from "./fixtures/lanes.ts";
import { type Graph, personal, production, STAGES, stage } from "./fixtures/stages.ts";

const DAY = 24 * 60 * 60;

describe.each(Object.entries(STAGES))("a lane of a %s stage", (kind, graph) => {
  it("sends to the lanes' queue, for a day, and what fails then to a standard queue", async () => {
    const made = await graph();
    const { arn } = made.one("sqs/queue:Queue", "LanesQueue").outputs;
    const undelivered = made.one("sqs/queue:Queue", "UndeliveredQueue");
    expect(undelivered.inputs.fifoQueue).toBe(false);
    for (const { target } of lanes(made)) {
      expect(target).toMatchObject({ arn, deadLetterConfig: { arn: undelivered.outputs.arn } });
      expect(target.retryPolicy).toEqual({ maximumEventAgeInSeconds: DAY, maximumRetryAttempts: 185 });
    }
  });

  it("has a message group that no other lane of its bus has", async () => {
    const groups = lanes(await graph()).map(
      ({ target }) => `${target.eventBusName} ${target.sqsTarget.messageGroupId}`,
    );
    expect(new Set(groups).size).toBe(groups.length);
  });

  it("has a rule that is named after its stage, as PutRule overwrites another stage's without a word", async () => {
    const prefix = kind === "personal" ? "ada-" : `${kind}-`;
    for (const { rule, target } of lanes(await graph())) {
      expect(rule.inputs.name).toMatch(new RegExp(`^${prefix}[a-z0-9-]{1,39}$`));
      expect(target.rule).toBe(rule.inputs.name);
    }
  });

  it("is not deleted before what replaces it is there", async () => {
    const { of } = await graph();
    const all = [...of("cloudwatch/eventRule:EventRule"), ...of("cloudwatch/eventTarget:EventTarget")];
    expect(all.filter(({ options }) => options.deleteBeforeReplace)).toEqual([]);
  });
});

/** Two lanes, and of one set only. */
const fewer = () => stage("ada", { lanes: 2, payloads: ["snapshot"], connect: false });

describe("another number of lanes", () => {
  const named = ({ of }: Graph, type: string) =>
    of(`cloudwatch/${type}`)
      .filter(({ name }) => name.includes("lane-") && !name.endsWith("lane-stray"))
      .map(({ name, inputs }) => [name, inputs.name]);

  it("is a whole new set of rules and targets, so that none of the old ones is changed or missing (D2)", async () => {
    const other = await fewer();
    for (const type of ["eventRule:EventRule", "eventTarget:EventTarget"]) {
      const before = named(await personal(), type);
      expect(before).not.toEqual([]);
      expect(named(other, type).filter(([name]) => before.some(([old]) => old === name))).toEqual([]);
    }
  });

  it("has the stray lane as it was", async () => {
    const stray = (graph: Graph) => graph.one("cloudwatch/eventRule:EventRule", "webhook-lane-stray").inputs;
    expect(stray(await fewer())).toEqual(stray(await personal()));
  });
});

describe("the sets of lanes", () => {
  const names = (graph: Graph) =>
    lanes(graph).map(({ rule }) => rule.name.replace("webhook-", "").slice(0, -9));

  it("are the ones that the settings name", async () => {
    const graph = await stage("ada", { lanes: 2, payloads: ["thin"] });
    expect(names(graph).toSorted()).toEqual(["l", "thin-lane-00", "thin-lane-01", "thin-lane-rest"]);
    expect(names(await fewer()).toSorted()).toEqual(["l", "lane-00", "lane-01", "lane-rest"]);
  });

  it("are core's, by core's names", async () => {
    const told = laneRules({ lanes: 16, set: "connect", sourcePrefix: "aws.partner/stripe.com/" });
    const made = lanes(await production()).map(({ rule }) => rule.name);
    expect(made).toEqual(expect.arrayContaining(told.map(({ name }) => name)));
  });
});
