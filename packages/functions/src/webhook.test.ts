import { snapshotEvent } from "@stripe-lanes/testing/events";
import { localClock } from "@stripe-lanes/testing/local/clock";
import { startEventBridge } from "@stripe-lanes/testing/local/eventbridge/server";
import { AwsError, type Faults } from "@stripe-lanes/testing/local/http";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { SECRET, urlEventOf } from "./fixtures/request.ts";

const BUS = "webhook";
const SOURCE = "stripe-lanes.webhook";
const QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:all";

const EMAIL = "ada@example.com";
const object = { object: "customer", id: "cus_1", email: EMAIL };
const BODY = JSON.stringify(snapshotEvent({ id: "evt_1", type: "customer.updated", object }));

/** The webhook as Lambda starts it: its environment is there before it is loaded. */
async function startWebhook(env: Record<string, string | undefined>) {
  const aws = { AWS_REGION: "us-east-1", AWS_ACCESS_KEY_ID: "test", AWS_SECRET_ACCESS_KEY: "test" };
  for (const [name, value] of Object.entries({ ...aws, ...env })) vi.stubEnv(name, value);
  onTestFinished(() => void vi.unstubAllEnvs());
  vi.resetModules();
  return (await import("./webhook.ts")).handler;
}

/** A bus of its own, all of whose events go to one place; and what is printed. */
async function givenWebhook({
  faults,
  ...env
}: { faults?: Faults } & Partial<Record<"SOURCE" | "METRICS" | "STAGE", string>> = {}) {
  const delivered: unknown[] = [];
  const deliver = (_: string, body: string) => delivered.push(JSON.parse(body));
  const bridge = await startEventBridge({ clock: localClock(), deliver, faults });
  onTestFinished(bridge.close);
  const rule = { Name: "all", EventBusName: BUS };
  await bridge.command("CreateEventBus", { Name: BUS });
  await bridge.command("PutRule", { ...rule, EventPattern: JSON.stringify({ source: [{ prefix: "" }] }) });
  await bridge.command("PutTargets", {
    Rule: "all",
    EventBusName: BUS,
    Targets: [{ Id: "all", Arn: QUEUE_ARN }],
  });
  const urls = { AWS_ENDPOINT_URL_EVENTBRIDGE: bridge.url, BUS_NAME: BUS };
  const printed = printing();
  const handler = await startWebhook({ SOURCE, WEBHOOK_SECRET: SECRET, ...urls, ...env });
  return { bridge, delivered, handler, printed };
}

/** Everything that is written, whether Powertools writes it or the console. */
function printing(): string[] {
  vi.stubEnv("POWERTOOLS_DEV", "true");
  vi.stubEnv("POWERTOOLS_METRICS_DISABLED", "false");
  const printed: string[] = [];
  for (const level of ["info", "warn", "error"] as const) {
    const print = (what: unknown) =>
      void printed.push(what instanceof Error ? errorText(what) : String(what));
    const spy = vi.spyOn(console, level).mockImplementation(print);
    onTestFinished(() => spy.mockRestore());
  }
  return printed;
}

function errorText({ stack, cause }: Error): string {
  return `${stack}${cause instanceof Error ? errorText(cause) : ""}`;
}

const lineOf = (text: string | undefined) => JSON.parse(text ?? "");

describe("the webhook", () => {
  it("answers 200 when the event is on the bus", async () => {
    const { handler, delivered, printed } = await givenWebhook();
    expect(await handler(urlEventOf(BODY))).toMatchObject({ statusCode: 200, body: "Received." });
    expect(delivered).toEqual([
      expect.objectContaining({
        source: SOURCE,
        "detail-type": "customer.updated",
        detail: JSON.parse(BODY),
      }),
    ]);
    expect(printed).toHaveLength(1);
    expect(lineOf(printed[0])).toMatchObject({
      message: "received",
      eventId: "evt_1",
      eventType: "customer.updated",
    });
  });

  it("answers 400 with one sentence for what Stripe did not sign, and puts nothing on the bus", async () => {
    const { handler, bridge, printed } = await givenWebhook();
    const answer = await handler({ ...urlEventOf(BODY), body: BODY.replace("ada@", "eve@") });
    const sentence = "The signature was not made of this body with a signing secret of this endpoint.";
    expect(answer).toMatchObject({ statusCode: 400, body: sentence });
    expect(bridge.state.metrics.putEventsEntries).toBe(0);
    expect(lineOf(printed[0])).toMatchObject({ level: "WARN", status: 400, reason: sentence });
  });

  it("answers 400 to a signature that is older than five minutes", async () => {
    const { handler, bridge } = await givenWebhook();
    const second = Math.floor(Date.now() / 1000) - 301;
    expect(await handler(urlEventOf(BODY, { second }))).toMatchObject({ statusCode: 400 });
    expect(bridge.state.metrics.putEventsEntries).toBe(0);
  });

  it("answers 413 to what EventBridge would not take and nobody could fetch", async () => {
    const { handler, bridge, printed } = await givenWebhook();
    const large = JSON.stringify({ id: "evt_1", type: "t", padding: "x".repeat(1_048_576) });
    expect(await handler(urlEventOf(large))).toMatchObject({ statusCode: 413 });
    expect(lineOf(printed[0])).toMatchObject({ message: "refused", eventId: "evt_1", status: 413 });
    expect(bridge.state.metrics.putEventsEntries).toBe(0);
  });

  it.each([
    ["of more than 256 KB: its claim check", "x".repeat(262_144), 1],
    ["of more than 1 MB: its claim check", "x".repeat(1_048_576), 1],
    ["with what SQS refuses: itself and its claim check", "\uffff", 2],
  ])("answers 200 to an event %s is on the bus", async (_, padding, entries) => {
    const { handler, delivered, bridge } = await givenWebhook();
    const body = JSON.stringify({ ...JSON.parse(BODY), padding });
    expect(await handler(urlEventOf(body))).toMatchObject({ statusCode: 200 });
    expect(bridge.state.metrics.putEventsEntries).toBe(entries);
    expect(delivered.at(-1)).toMatchObject({ detail: { id: "evt_1", data: { claim_check: true } } });
  });
});

describe("an event that EventBridge does not take (pitfall 4)", () => {
  const down = new AwsError("InternalException", "Not now.", { status: 500 });

  it("is answered 500 where its entry failed in an answer of success", async () => {
    const { handler, bridge, delivered, printed } = await givenWebhook({
      SOURCE: "aws.partner/stripe.com/ed_1",
    });
    expect(await handler(urlEventOf(BODY))).toMatchObject({ statusCode: 500 });
    expect(bridge.state.metrics.putEventsFailedEntries).toBe(1);
    expect(delivered).toEqual([]);
    expect(lineOf(printed[0])).toMatchObject({
      level: "ERROR",
      eventId: "evt_1",
      reason: "EventBridge refuses the event: NotAuthorizedForSourceException.",
    });
  });

  it("is answered 500 where EventBridge is down, after three tries", async () => {
    let tries = 0;
    const { handler, delivered } = await givenWebhook({
      faults: () => {
        tries += 1;
        return { when: "before", error: down };
      },
    });
    expect(await handler(urlEventOf(BODY))).toMatchObject({ statusCode: 500 });
    expect([tries, delivered]).toEqual([3, []]);
  });

  it("is answered 500 where nobody is there to answer", async () => {
    const { handler, bridge } = await givenWebhook();
    await bridge.close();
    expect(await handler(urlEventOf(BODY))).toMatchObject({ statusCode: 500 });
  });

  it("is put again where only the answer was lost: a copy does no harm", async () => {
    const answers = [{ when: "after", error: down } as const];
    const { handler, delivered } = await givenWebhook({ faults: () => answers.shift() });
    expect(await handler(urlEventOf(BODY))).toMatchObject({ statusCode: 200 });
    expect(delivered).toHaveLength(2);
  });

  it("is known to the SST Console, which sees console.error alone", async () => {
    const { handler, printed } = await givenWebhook({ SOURCE: "aws.partner/stripe.com/ed_1" });
    await handler(urlEventOf(BODY));
    expect(printed[1]).toContain("Error: EventBridge refuses the event");
  });
});

describe("what the webhook prints (D19)", () => {
  it.each([
    ["received", {}, BODY],
    ["refused", {}, `${BODY} `],
    ["failed", { SOURCE: "aws.partner/stripe.com/ed_1" }, BODY],
    [
      "failed",
      { faults: () => ({ when: "before", error: new AwsError("AccessDenied", "No.") }) as const },
      BODY,
    ],
  ])("holds no secret and no payload: %s", async (message, options, body) => {
    const { handler, printed } = await givenWebhook(options);
    await handler({ ...urlEventOf(BODY), body });
    expect(lineOf(printed[0])).toMatchObject({ message });
    const text = printed.join("\n");
    expect(text).not.toContain(SECRET);
    expect(text).not.toContain(EMAIL);
  });
});

describe("the webhook's metrics", () => {
  /** The lines that a webhook with metrics writes for these requests. */
  async function metered(...requests: ReturnType<typeof urlEventOf>[]) {
    const { handler } = await givenWebhook({ METRICS: "on", STAGE: "production" });
    const lines: string[] = [];
    const print = (line: unknown) => lines.push(String(line)) > 0;
    const spy = vi.spyOn(process.stdout, "write").mockImplementation(print);
    onTestFinished(() => spy.mockRestore());
    for (const request of requests) await handler(request);
    spy.mockRestore();
    return lines.map(lineOf);
  }

  it("count what is too large and what is refused though it is signed, by service and stage", async () => {
    const large = urlEventOf(JSON.stringify({ type: "t", padding: "x".repeat(1_048_576) }));
    const lines = await metered(large, urlEventOf("[]"));
    expect(lines).toMatchObject([
      { WebhookTooLarge: 1, service: "stripe-lanes", stage: "production" },
      { WebhookRefused: 1, service: "stripe-lanes", stage: "production" },
    ]);
    for (const { _aws } of lines) {
      expect(_aws.CloudWatchMetrics).toMatchObject([
        { Namespace: "StripeLanes", Dimensions: [["service", "stage"]] },
      ]);
    }
  });

  it("count neither what is received nor what anybody may send", async () => {
    const forged = urlEventOf("[]", { secret: "whsec_other" });
    expect(await metered(urlEventOf(BODY), forged, { ...forged, headers: {} })).toEqual([]);
  });
});

describe("a webhook without its secret", () => {
  it("does not start, and says so", async () => {
    const env = { BUS_NAME: BUS, SOURCE, WEBHOOK_SECRET: undefined };
    const sentence = "The setting WEBHOOK_SECRET is missing from the environment.";
    await expect(startWebhook(env)).rejects.toThrow(sentence);
  });
});
