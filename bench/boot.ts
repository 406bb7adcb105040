// How long the local pipeline takes until it takes events, counted from the start of this process.
import { enableCompileCache } from "node:module";

enableCompileCache();
const { startPipeline } = await import("@stripe-lanes/testing/local/pipeline");
const handler = { module: new URL(import.meta.resolve("@stripe-lanes/functions/worker")), export: "handler" };
const pipeline = await startPipeline({ handler });
console.log(Math.round(performance.now()));
await pipeline.close();
