import { expect, it } from "vitest";
import type { Resource } from "./resource.ts";
import { treeOf } from "./tree.ts";

const options = {
  protect: false,
  retainOnDelete: false,
  deleteBeforeReplace: false,
  ignoreChanges: [],
  existing: false,
  dependsOn: [],
};

function resource(type: string, name: string, more: Partial<Resource> = {}): Resource {
  return { type, name, inputs: {}, outputs: { id: name }, options, ...more };
}

const lane = (name: string) =>
  resource("aws:cloudwatch/eventTarget:EventTarget", name, {
    inputs: {
      arn: "arn:aws:sqs:us-east-1:123456789012:lanes.fifo",
      sqsTarget: { messageGroupId: name },
    },
  });

it("shows components with their parts, what belongs to none by its service, and like things on one line", () => {
  const shown = treeOf([
    resource("pulumi:pulumi:Stack", "stack", {
      outputs: { id: "stack", region: "us-east-1", url: "https://a" },
    }),
    resource("sst:sst:LinkRef", "LanesLinkRef"),
    resource("sst:aws:Queue", "Lanes"),
    resource("sst:sst:Secret", "StripeKey"),
    resource("aws:sqs/queue:Queue", "LanesQueue", {
      parent: "Lanes",
      inputs: { fifoQueue: true, visibilityTimeoutSeconds: 90 },
      options: { ...options, protect: true, retainOnDelete: true },
    }),
    lane("lane-00"),
    lane("lane-01"),
    lane("lane-rest"),
    resource("aws:cloudwatch/eventBus:EventBus", "Bus", {
      inputs: { name: "b" },
      options: { ...options, existing: true },
    }),
    resource("aws:sns/topic:Topic", "Alarms", { inputs: { name: "alarms" } }),
  ]);
  expect(shown).toBe(`8 resources

Lanes: sst.aws.Queue
  queue LanesQueue  protected, outlives its removal, FIFO true, visibility 90 s

StripeKey: sst.Secret

aws.cloudwatch
  2 × eventTarget lane-*  to sqs lanes.fifo, group lane-*
  eventTarget lane-rest   to sqs lanes.fifo, group lane-rest
  eventBus Bus            there already, b

aws.sns
  topic Alarms  alarms

outputs
  region  us-east-1
  url     https://a`);
});

it("cuts a line that no screen is wide enough for", () => {
  const long = resource("aws:sns/topic:Topic", "Alarms", { inputs: { name: "x".repeat(300) } });
  const lines = treeOf([long]).split("\n");
  expect(lines.at(-1)).toMatch(/^ {2}topic Alarms {2}x+…$/);
  expect(lines.at(-1)?.length).toBe(132);
});
