// The webhook: the function behind the URL that Stripe posts to, where no partner event source brings the events.
import { Logger } from "@aws-lambda-powertools/logger";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { emfMeter } from "./emf.ts";
import type { Entry } from "./entry.ts";
import { type Admitted, admit, type Refusal } from "./ingress.ts";
import { count, SERVICE } from "./metrics.ts";
import { readWebhookSettings } from "./settings.ts";
import { mapStacks } from "./source-maps.ts";

/** Milliseconds of one try; three of them end before Stripe or Lambda give up. */
const REQUEST_TIMEOUT = 2_000;

type Answer = { statusCode: number; headers: Record<string, string>; body: string };

mapStacks(import.meta.url);
const { bus, metricsStage, ...settings } = readWebhookSettings(process.env);
const logger = new Logger({ serviceName: SERVICE });
const meter = metricsStage ? emfMeter(metricsStage) : undefined;
const client = new EventBridgeClient({
  maxAttempts: 3,
  requestHandler: { requestTimeout: REQUEST_TIMEOUT, throwOnRequestTimeout: true },
});

/** Answers 200 only for what is on the bus: whatever else it answers, Stripe sends the event again. */
export async function handler(request: LambdaFunctionURLEvent): Promise<Answer> {
  const admitted = admit(request, { ...settings, now: Date.now() });
  return "refusal" in admitted ? refuse(admitted) : pass(admitted);
}

function refuse({ status, refusal, eventId, metric }: Refusal): Answer {
  logger.warn("refused", { eventId, status, reason: refusal });
  if (metric) meter?.([count(metric, 1)]);
  return answer(status, refusal);
}

async function pass({ eventId, entry, claimCheck }: Admitted): Promise<Answer> {
  const line = { eventId, eventType: entry.DetailType };
  try {
    await put(claimCheck ? [entry, claimCheck] : [entry]);
  } catch (error) {
    logger.error("failed", { ...line, reason: (error as Error).message });
    // The SST Console's Issues sees what is written to console.error, and Powertools writes past it.
    console.error(error);
    return answer(500, "The event could not be put on the bus.");
  }
  logger.info("received", line);
  return answer(200, "Received.");
}

/** @throws Error unless EventBridge says that it has the event: it refuses an entry in an answer of success. */
async function put(entries: Entry[]): Promise<void> {
  const Entries = entries.map((entry) => ({ ...entry, EventBusName: bus }));
  const { FailedEntryCount, Entries: taken } = await client.send(new PutEventsCommand({ Entries }));
  if (FailedEntryCount === 0) return;
  const code = taken?.find(({ ErrorCode }) => ErrorCode)?.ErrorCode;
  throw new Error(`EventBridge refuses the event: ${code ?? "without a reason"}.`);
}

function answer(statusCode: number, body: string): Answer {
  return { statusCode, headers: { "content-type": "text/plain; charset=utf-8" }, body };
}
