// How long the local pipeline takes until it takes events, counted from the start of this process.
import { enableCompileCache } from "node:module";

enableCompileCache();
const { startPipeline } = await import("@stripe-lanes/testing/local/pipeline");
const { WORKER } = await import("@stripe-lanes/ops/worker");
const pipeline = await startPipeline({ handler: WORKER });
console.log(Math.round(performance.now()));
await pipeline.close();
