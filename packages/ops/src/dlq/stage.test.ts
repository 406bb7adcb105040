import { snapshotEvent } from "@stripe-lanes/testing/events";
import { describe, expect, it } from "vitest";
import { dlq } from "./fixtures/command.ts";
import { startQueues } from "./fixtures/queues.ts";

const AWS = { AWS_REGION: "us-east-1" };
const QUEUES = { ...AWS, QUEUE_URL: "http://127.0.0.1:9/0/lanes.fifo", TABLE_NAME: "billing" };

describe("the stage that npm run dlq goes to", () => {
  it.each<[env: Record<string, string>, sentence: RegExp]>([
    [QUEUES, /^The environment has neither PARKED_QUEUE_URL nor SST's linked resource Parked\.$/],
    [{ SST_RESOURCE_Lanes: "{" }, /^SST_RESOURCE_Lanes is not JSON/],
  ])("is missing from the environment %j, which is a mistake", async (env, sentence) => {
    const { code, out, err } = await dlq("list", env);
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(sentence);
  });

  it("is a mistake where nothing answers", async () => {
    const { code, err } = await dlq("list --port 1");
    expect({ code, err }).toEqual({
      code: 2,
      err:
        "Nothing answers (127.0.0.1:3): is npm start still up, and is that its --port? " +
        "A stage is reached by sst shell --stage NAME -- npm run dlq.",
    });
  });

  it("is a mistake where there is no such queue", async () => {
    const { aws } = await startQueues();
    await aws.sqs.command("DeleteQueue", { QueueUrl: aws.sqs.queueUrl("parked.fifo") });
    const { code, err } = await dlq(
      `list --endpoint-sqs ${aws.sqs.url} --endpoint-dynamodb ${aws.dynamodb.url}`,
    );
    expect({ code, err }).toEqual({ code: 2, err: "There is no such queue there." });
  });

  it.each([
    ["list", "Nothing is parked."],
    ["redrive --all", "Nothing to redrive."],
    ["redrive --reason crash", "Nothing to redrive."],
    ["redrive --all --move", "Nothing is parked."],
  ])("may have nothing parked, and %s succeeds", async (command, sentence) => {
    const { aws } = await startQueues();
    const where = `--endpoint-sqs ${aws.sqs.url} --endpoint-dynamodb ${aws.dynamodb.url}`;
    expect(await dlq(`${command} ${where}`)).toEqual({ code: 0, out: sentence, err: "" });
  });

  it("is a mistake where the ledger cannot be read, and nothing is sent then", async () => {
    const { aws, park, bodies, parkedUrl } = await startQueues();
    await park({
      body: JSON.stringify(snapshotEvent({ type: "x", object: { object: "customer" } })),
      group: "lane-00",
    });
    const { code, out, err } = await dlq(
      `redrive --all --endpoint-sqs ${aws.sqs.url} --endpoint-dynamodb http://127.0.0.1:1`,
    );
    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toMatch(/^Nothing answers \(127\.0\.0\.1:1\)/);
    expect(bodies(parkedUrl)["lane-00"]).toHaveLength(1);
  });
});
