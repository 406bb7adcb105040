import type { JsonObject } from "@stripe-lanes/core/json";
import { laneOf } from "@stripe-lanes/core/lanes";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { describe, expect, it } from "vitest";
import type { Resource } from "../scripts/graph.ts";
import { deliver } from "./fixtures/deliver.ts";
import { type End, endOf, loggedBy, running } from "./fixtures/ended.ts";
import { startGraph } from "./fixtures/running.ts";
import { production } from "./fixtures/stages.ts";

const SECONDS = 1_000;

const FEW = traffic({ seed: 2, events: 40, livemode: true });

type Edit = (inputs: Resource["inputs"]) => Resource["inputs"];

/** Production with the inputs of some resources changed. */
async function productionWith(name: RegExp, type: string, edit: Edit): Promise<Resource[]> {
  const { resources } = await production();
  const isMeant = (resource: Resource) => resource.type.endsWith(`:${type}`) && name.test(resource.name);
  expect(resources.filter(isMeant)).not.toEqual([]);
  return resources.map((resource) =>
    isMeant(resource) ? { ...resource, inputs: edit(resource.inputs) } : resource,
  );
}

/** In the JSON of the inputs. */
function replaced(text: string, by: string): Edit {
  return (inputs) => JSON.parse(JSON.stringify(inputs).replaceAll(text, by));
}

const FIRST_LANE = new RegExp(`^${laneOf(FEW.events[0] as unknown as JsonObject, 16)}`);

describe("production, if it were deployed", { timeout: 120 * SECONDS }, () => {
  const EVERY = FEW.events.length;
  const SOME = expect.arrayContaining([expect.any(String)]);

  it.each<[string, RegExp, string, Edit, Partial<End>]>([
    [
      "without content-based deduplication, loses every event to the queue of what is not delivered",
      /^LanesQueue$/,
      "Queue",
      (inputs) => ({ ...inputs, contentBasedDeduplication: false }),
      { told: SOME, parked: 0, undelivered: 3 * EVERY, taken: 0 },
    ],
    [
      "with a path in a transformer that leads nowhere, parks every event",
      /^lane-/,
      "EventTarget",
      replaced("$.detail.data", "$.detail.datum"),
      { told: SOME, parked: 2 * EVERY, undelivered: 0 },
    ],
    [
      "with a body that changes with each delivery, makes the worker take the copies, too",
      /^lane-/,
      "EventTarget",
      replaced("$.detail.api_version", "$.id"),
      { parked: 0, taken: 3 * EVERY },
    ],
    [
      "with a lane's pattern that matches nothing, lacks that lane's rows",
      FIRST_LANE,
      "EventRule",
      replaced('\\"event\\"', '\\"evt\\"'),
      { told: SOME, parked: 0, undelivered: 0 },
    ],
    [
      "with a worker of the other mode, parks every event",
      /^WorkerFunction$/,
      "Function",
      replaced('"MODE":"live"', '"MODE":"test"'),
      { told: SOME, parked: 2 * EVERY, undelivered: 0 },
    ],
  ])("%s", async (_, name, type, edit, end) => {
    const made = await running(await productionWith(name, type, edit));
    await deliver(made, FEW.events, 2);
    expect(await endOf(made, FEW)).toMatchObject(end);
  });

  it("with conditions on CreateLogStream as well, has an empty log and failed invocations", async () => {
    const edit: Edit = ({ policyDocument, ...inputs }) => {
      const policy = JSON.parse(String(policyDocument));
      const { Condition } = policy.Statement.find(({ Condition }: { Condition?: object }) => Condition);
      const Statement = policy.Statement.map((statement: object) => ({ ...statement, Condition }));
      return { ...inputs, policyDocument: JSON.stringify({ ...policy, Statement }) };
    };
    const made = await running(await productionWith(/^EventLogPolicy$/, "LogResourcePolicy", edit));
    await deliver(made, FEW.events, 2);
    expect(made.aws.events.state.metrics).toMatchObject({ failedInvocations: 3 * EVERY });
    expect(await loggedBy(made, "/aws/events/stripe-lanes-production-events")).toEqual([]);
    expect(await endOf(made, FEW)).toEqual({ told: [], parked: 0, undelivered: 0, taken: 2 * EVERY });
  });

  it.each<[string, RegExp, string, Edit, RegExp]>([
    [
      "with a visibility timeout that a worker outlives",
      /^LanesQueue$/,
      "Queue",
      (inputs) => ({ ...inputs, visibilityTimeoutSeconds: 30 }),
      /^The queue hides messages for 30 s, and a worker may have them for 15 s\.$/,
    ],
    [
      "with a worker of 20 s",
      /^WorkerFunction$/,
      "Function",
      (inputs) => ({ ...inputs, timeout: 20 }),
      /^The queue hides messages for 90 s, and a worker may have them for 20 s\.$/,
    ],
    [
      "with another account in the queue's policy",
      /^LanesPolicy$/,
      "QueuePolicy",
      replaced('aws:SourceAccount\\":\\"', 'aws:SourceAccount\\":\\"9'),
      /^No policy lets the rule .* send to .*LanesQueue-\w+\.fifo\.$/,
    ],
    [
      "with another bus in the policy of the queue of what is not delivered",
      /^UndeliveredPolicy$/,
      "QueuePolicy",
      replaced(":rule/aws.partner", ":rule/other"),
      /^No policy lets the rule .* send to .*UndeliveredQueue-\w+\.$/,
    ],
    [
      "with a property that is not run",
      /^lane-rest/,
      "EventTarget",
      (inputs) => ({ ...inputs, sqsTarget: { messageGroupId: "lane-rest", messageGroup: "b" } }),
      /^aws:cloudwatch\/eventTarget:EventTarget lane-rest-\w+\.sqsTarget\.messageGroup is not applied/,
    ],
  ])("%s, does not start", async (_, name, type, edit, sentence) => {
    await expect(startGraph(await productionWith(name, type, edit))).rejects.toThrow(sentence);
  });

  it("with a resource of a type that is not run, does not start", async () => {
    const { resources, one } = await production();
    const pipe = { ...one("sns/topic:Topic", "Alarms"), type: "aws:pipes/pipe:Pipe", name: "Pipe" };
    const sentence = "aws:pipes/pipe:Pipe Pipe is neither run nor left out.";
    await expect(startGraph([...resources, pipe])).rejects.toThrow(sentence);
  });
});
