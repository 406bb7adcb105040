// The webhook's function as Lambda runs it, in front of the local EventBridge, at the second at which all requests come.
import type { Request } from "@stripe-lanes/functions/ingress";
import { localClock } from "@stripe-lanes/testing/local/clock";
import { startEventBridge } from "@stripe-lanes/testing/local/eventbridge/server";
import { OPTIONS, SECOND } from "./requests.ts";

export type WebhookFunction = {
  answer(request: Request): Promise<{ statusCode: number }>;
  /** Entries that EventBridge has taken so far. */
  taken(): number;
  close(): Promise<void>;
};

const BUS = "webhook";

/** Its module reads the environment when it is loaded, so a process starts one only. */
export async function startFunction(): Promise<WebhookFunction> {
  const bridge = await startEventBridge({ clock: localClock(), deliver: () => undefined });
  await bridge.command("CreateEventBus", { Name: BUS });
  Object.assign(process.env, environment(bridge.url));
  const { handler } = await import("@stripe-lanes/functions/webhook");
  const { now } = Date;
  Date.now = () => SECOND * 1_000;
  const unmute = muted(process.stdout);
  return {
    answer: (request) => handler(request as Parameters<typeof handler>[0]),
    taken: () => bridge.state.metrics.putEventsEntries - bridge.state.metrics.putEventsFailedEntries,
    close() {
      Date.now = now;
      unmute();
      return bridge.close();
    },
  };
}

function environment(url: string): Record<string, string> {
  return {
    AWS_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_ENDPOINT_URL_EVENTBRIDGE: url,
    BUS_NAME: BUS,
    SOURCE: OPTIONS.source,
    WEBHOOK_SECRET: OPTIONS.secrets.join(","),
    METRICS: "on",
    STAGE: "fuzz",
    POWERTOOLS_LOG_LEVEL: "SILENT",
    POWERTOOLS_METRICS_DISABLED: "true",
  };
}

/** The function's metrics are lines on stdout, where the report is to stand alone. */
function muted(stream: NodeJS.WriteStream): () => void {
  const { write } = stream;
  stream.write = () => true;
  return () => {
    stream.write = write;
  };
}
