import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readTable } from "@stripe-lanes/ops/dump";
import { feederOf } from "@stripe-lanes/ops/feed";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { compare } from "@stripe-lanes/testing/stripe/compare";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundleHandler, type LambdaBundle } from "../scripts/graph/lambda.ts";
import { ROOT, readyPlatform } from "../scripts/graph/platform.ts";
import { BUNDLING } from "./bundling.ts";

/** Bytes. What the worker's cold start loads; the AWS SDK is two thirds of it. */
const LARGEST = 400_000;

/** No package is above it, as on Lambda: whatever the bundle lacks it does not find. */
const out = mkdtempSync(join(tmpdir(), "bundle-"));
const simulated = traffic({ seed: 7, events: 300 });

let made: LambdaBundle;

beforeAll(async () => {
  const platform = await readyPlatform();
  const handler = "packages/functions/src/worker.handler";
  made = await bundleHandler(platform, { root: ROOT, handler, out, bundling: BUNDLING });
});

afterAll(() => rmSync(out, { recursive: true, force: true }));

/** Every fifth transaction meets another one. */
async function run<T>(work: (pipeline: Pipeline) => Promise<T>): Promise<T> {
  let transactions = 0;
  const conflicts = () => transactions++ % 5 === 0;
  const pipeline = await startPipeline({ handler: { module: made.path, export: "handler" }, conflicts });
  try {
    return await work(pipeline);
  } finally {
    await pipeline.close();
  }
}

describe("the worker, bundled as SST bundles it", () => {
  it("ends 300 simulated events in the truth, with conflicts and one to park, whose client comes late", async () => {
    const never = new AbortController().signal;
    const live = simulated.events.slice(0, 1).map((event) => ({ ...event, id: "evt_live", livemode: true }));
    const { rows, outcomes, conflicts } = await run(async (pipeline) => {
      const feeder = feederOf(pipeline, { seed: 7, duplicates: true, shuffle: true }, never);
      await feeder.deliver([...simulated.events, ...live]);
      await pipeline.settled();
      const { conflicts } = pipeline.aws.dynamodb.metrics();
      return { rows: (await readTable(pipeline)).rows, outcomes: pipeline.outcomes, conflicts };
    });
    expect(outcomes.count("applied")).toBeGreaterThan(0);
    expect(Object.keys(outcomes.parkedReasons())).toEqual(["wrong-mode"]);
    expect(conflicts).toBeGreaterThan(0);
    expect(compare(rows, simulated)).toMatchObject({ wrong: 0, told: [] });
  });

  it("is small enough to start fast", () => {
    expect(made.weight.bytesAtStart).toBeLessThan(LARGEST);
  });

  it("loads the Stripe SDK and the SQS client when they are first needed, and not at its start", () => {
    const { packagesAtStart, bytes, bytesAtStart } = made.weight;
    expect(packagesAtStart).toContain("@aws-sdk/client-dynamodb");
    expect(packagesAtStart).not.toContain("stripe");
    expect(packagesAtStart).not.toContain("@aws-sdk/client-sqs");
    expect(bytes).toBeGreaterThan(bytesAtStart);
  });

  it("is made of a handler's source alone", async () => {
    const platform = await readyPlatform();
    const missing = bundleHandler(platform, {
      root: ROOT,
      handler: "packages/functions/src/none.handler",
      out,
    });
    await expect(missing).rejects.toThrow(
      /^There is no source for the handler packages\/functions\/src\/none\.handler\.$/,
    );
  });
});
