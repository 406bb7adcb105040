import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startAws } from "@stripe-lanes/testing/local/aws";
import { deploy } from "@stripe-lanes/testing/local/deploy";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleHandler, type LambdaBundle } from "../scripts/graph/lambda.ts";
import { ROOT, readyPlatform } from "../scripts/graph/platform.ts";
import { invoke } from "../scripts/lambda-runtime/invoke.ts";
import { BUNDLING, PACKING } from "./bundling.ts";
import { STAGES } from "./fixtures/stages.ts";

/** The lines that the SST Console takes for issues (anomalyco/console, packages/core/src/issue/index.ts). */
const ISSUES = ["Invoke Error", "Error: Runtime exited", "Task timed out after", "ERROR\t", "[ERROR]"];

const isIssue = (line: string) => ISSUES.some((pattern) => line.includes(pattern));

const RECORD = {
  messageId: "1",
  receiptHandle: "handle",
  body: "not json",
  attributes: { ApproximateReceiveCount: "1", MessageGroupId: "lane-01", SentTimestamp: "1" },
  messageAttributes: {},
  eventSource: "aws:sqs",
  eventSourceARN: "arn:aws:sqs:us-east-1:123456789012:lanes.fifo",
};

const out = mkdtempSync(join(tmpdir(), "issues-"));
afterAll(() => rmSync(out, { recursive: true, force: true }));

let bundle: LambdaBundle;
let logged: (event: unknown, more?: { format?: "text" | "json"; env?: object }) => Promise<string[]>;

beforeAll(async () => {
  const handler = "packages/functions/src/worker.handler";
  bundle = await bundleHandler(await readyPlatform(), { root: ROOT, handler, out, bundling: BUNDLING });
  await PACKING.postbuild(out);
  const aws = await startAws();
  const { table, queueUrl, parkedUrl } = await deploy(aws, 2);
  const settings = { TABLE_NAME: table, QUEUE_URL: queueUrl, PARKED_QUEUE_URL: parkedUrl, MODE: "test" };
  const stage = { ...aws.env, ...settings, TENANT: "main", METRICS: "on", STAGE: "ada" };
  logged = (event, { format = "text", env = {} } = {}) =>
    invoke({ bundle, event, format, env: { ...stage, ...env } });
  return () => aws.close();
}, 120_000);

describe("the SST Console's Issues, of what the bundled worker logs in Lambda's own runtime", {
  timeout: 60_000,
}, () => {
  it("has a parked message, with the file and line of the source that parked it", async () => {
    const issues = (await logged({ Records: [RECORD] })).filter(isIssue);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(
      /^\S+\t\S+\tERROR\tMalformed: .+\n {4}at .*packages\/core\/src\/[\w/-]+\.ts:\d+:\d+/,
    );
    expect(issues[0]).not.toContain("bundle.mjs");
  });

  it("has an error that the worker throws", async () => {
    const issues = (await logged({ Records: "none" })).filter(isIssue);
    expect(issues).toHaveLength(1);
    expect(issues[0]).toMatch(/^\S+\t\S+\tERROR\tInvoke Error \t\{"errorType":"[A-Z]\w+".*"stack":\[/);
  });

  it("has a setting that the worker cannot start with, and where it is read", async () => {
    const issues = (await logged({}, { env: { MODE: "x" } })).filter(isIssue);
    expect(issues[0]).toMatch(/\tERROR\tInit Error \t.*MODE.*packages\/functions\/src\/settings\.ts:\d+:\d+/);
  });

  it("has nothing of what goes well, whose lines and metrics stay JSON", async () => {
    const lines = await logged({ Records: [RECORD] });
    const json = lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line));
    expect(json.map((line) => line.outcome ?? Object.keys(line._aws))).toEqual(
      expect.arrayContaining(["parked", expect.arrayContaining(["CloudWatchMetrics"])]),
    );
    expect(lines.filter((line) => line.startsWith("{")).filter(isIssue)).toEqual([]);
  });

  it("would have nothing at all in JSON, which is why no function logs in it", async () => {
    const lines = await logged({ Records: [RECORD] }, { format: "json" });
    expect(lines.some((line) => line.includes("Malformed"))).toBe(true);
    expect(lines.filter(isIssue)).toEqual([]);
  });
});

it.each(Object.entries(STAGES))("every function of a %s stage logs text", async (_, graph) => {
  const functions = (await graph()).of("lambda/function:Function");
  const formats = functions.map(({ inputs }) => (inputs.loggingConfig as { logFormat: string }).logFormat);
  expect(new Set(formats)).toEqual(new Set(["Text"]));
});
