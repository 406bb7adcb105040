// The webhook as a stage has it: the real function behind a URL of its own, in front of a bus of its own.
import { deployWebhookBus, WEBHOOK } from "@stripe-lanes/testing/local/deploy";
import { invokeUrl, type UrlAnswer } from "@stripe-lanes/testing/local/lambda/function-url";
import { startRuntime } from "@stripe-lanes/testing/local/lambda/runtime";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { inTurn } from "./in-turn.ts";

/** Seconds, as in infra/webhook.ts. */
const TIMEOUT = 10;

/** Invocations at one time; others wait, since `stripe listen` does not send again what is throttled. */
const CONCURRENCY = 2;

/** By its URL, since nothing imports functions. */
const HANDLER = {
  module: new URL(import.meta.resolve("@stripe-lanes/functions/webhook")),
  export: "handler",
};

export type Webhook = {
  answer(event: LambdaFunctionURLEvent): Promise<UrlAnswer>;
  stop(): Promise<void>;
};

export type WebhookOptions = {
  lanes: number;
  /** A signature with any one of them will do. */
  secrets: string[];
};

/** Starts no environment before the first request. Its clock is the machine's: by it Stripe signs. */
export async function startWebhook(
  { aws }: Pick<Pipeline, "aws">,
  { lanes, secrets }: WebhookOptions,
): Promise<Webhook> {
  await deployWebhookBus(aws, lanes);
  const { bus, sourcePrefix } = WEBHOOK;
  const runtime = startRuntime({
    handler: HANDLER,
    functionName: "webhook",
    timeout: TIMEOUT,
    memory: 512,
    maxEnvironments: CONCURRENCY,
    env: { ...aws.env, BUS_NAME: bus, SOURCE: sourcePrefix, WEBHOOK_SECRET: secrets.join(",") },
    onInitError: ({ message }) => console.error(message),
  });
  const turn = inTurn(CONCURRENCY);
  return { answer: (event) => turn(() => invokeUrl(runtime, event)), stop: runtime.stop };
}
