// The front of a run that stays up, over HTTP, with the real webhook function and the real worker behind it.
import { createHmac } from "node:crypto";
import { snapshotEvent } from "@stripe-lanes/testing/events";
import { type Pipeline, startPipeline } from "@stripe-lanes/testing/local/pipeline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WORKER } from "../worker.ts";
import { type Front, startFront } from "./front.ts";
import type { Reply } from "./reply.ts";

const CLI_SECRET = "whsec_of_the_cli";

let pipeline: Pipeline;
let front: Front;
const swallowed: string[] = [];
const refused: Reply[] = [];

beforeAll(async () => {
  pipeline = await startPipeline({ handler: WORKER, lanes: 2, onSwallowed: (body) => swallowed.push(body) });
  front = await startFront({
    pipeline,
    port: 0,
    lanes: 2,
    secrets: [CLI_SECRET],
    onRefused: (reply) => refused.push(reply),
  });
  front.open();
});

afterAll(async () => {
  await front.close();
  await pipeline.close();
});

let events = 0;

const newEvent = () => {
  events += 1;
  const object = { object: "customer", id: "cus_1", name: `name ${events}` };
  return JSON.stringify(
    snapshotEvent({ id: `evt_${events}`, type: "customer.updated", object, created: events }),
  );
};

const bearer = () => ({ authorization: `Bearer ${front.token}` });

type Asked = { method?: string; headers?: Record<string, string>; body?: string | Buffer };

async function ask(path: string, { method = "POST", headers = {}, body }: Asked = {}) {
  const response = await fetch(`${front.url}${path}`, {
    method,
    headers,
    ...(body !== undefined && { body: body as string }),
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** As Stripe signs: docs.stripe.com/webhooks/signature. */
function signature(payload: string, secret: string, second = Math.floor(Date.now() / 1000)) {
  const v1 = createHmac("sha256", secret).update(`${second}.${payload}`).digest("hex");
  return { "stripe-signature": `t=${second},v1=${v1}` };
}

async function applied(): Promise<number> {
  await pipeline.settled();
  return pipeline.outcomes.count("applied");
}

describe("an event that is posted as it is", () => {
  it("goes with the token to its row", async () => {
    const before = await applied();
    const { status, text } = await ask("/", { headers: bearer(), body: newEvent() });
    expect([status, JSON.parse(text)]).toEqual([200, { received: true }]);
    expect(await applied()).toBe(before + 1);
  });

  it.each<[name: string, headers: () => Record<string, string>]>([
    ["nothing", () => ({})],
    ["another token", () => ({ authorization: `Bearer ${"0".repeat(32)}` })],
    ["the token in another scheme", () => ({ authorization: `Basic ${front.token}` })],
  ])("is refused with %s, in one sentence, and goes nowhere", async (_, headers) => {
    const before = await applied();
    const { status, text, headers: told } = await ask("/", { headers: headers(), body: newEvent() });
    expect(status).toBe(401);
    expect(text).toMatch(/^An event needs the token [^\n.]+\.\n$/);
    expect(told.get("www-authenticate")).toBe("Bearer");
    expect(await applied()).toBe(before);
  });

  it("is refused with the token in the query", async () => {
    expect((await ask(`/?token=${front.token}`, { body: newEvent() })).status).toBe(401);
  });

  it.each([
    ["{", 400, "The body is not JSON."],
    ["", 400, "The body is not JSON."],
    ["[]", 400, "The body is not a JSON object."],
    ["null", 400, "The body is not a JSON object."],
    [
      '{"object":"invoice"}',
      400,
      "The object is no Stripe event: its object must be event or v2.core.event.",
    ],
    ['{"object":"event"}', 400, "The Stripe event has no id."],
    ['{"object":"event","id":"evt_1"}', 400, "The Stripe event evt_1 has no type."],
    [
      JSON.stringify({ object: "event", id: "evt_1", type: "x", data: "x".repeat(1024 * 1024) }),
      413,
      "The event takes 1048665 bytes, and EventBridge 1048576 at most.",
    ],
    [
      "x".repeat(6 * 1024 * 1024 + 1),
      413,
      "The body is larger than 6291456 bytes, the most that a function URL takes.",
    ],
  ])("is refused in one sentence where it is none: %.40s", async (body, status, sentence) => {
    const before = refused.length;
    expect(await ask("/", { headers: bearer(), body })).toMatchObject({ status, text: `${sentence}\n` });
    expect(refused.slice(before).map((reply) => reply.status)).toEqual([status]);
  });

  it("may start with a byte order mark", async () => {
    expect(await ask("/", { headers: bearer(), body: `\ufeff${newEvent()}` })).toMatchObject({ status: 200 });
  });

  it("may be thin", async () => {
    const thin = { id: "evt_thin", object: "v2.core.event", type: "v1.billing.meter.no_meter_found" };
    expect(await ask("/", { headers: bearer(), body: JSON.stringify(thin) })).toMatchObject({ status: 200 });
  });

  it("is told of where the queue knows it already", async () => {
    const body = newEvent();
    for (const _ of [1, 2]) await ask("/", { headers: bearer(), body });
    await pipeline.settled();
    expect(swallowed.map((copy) => JSON.parse(copy).id)).toEqual([JSON.parse(body).id]);
  });
});

describe("an event that is signed", () => {
  it.each<[name: string, path: string, secret: () => string]>([
    ["the run's own secret", "/webhook", () => front.secret],
    ["the secret that was told", "/webhook", () => CLI_SECRET],
    ["a secret, and posted where bare ones are", "/", () => front.secret],
    ["a secret, and posted with a slash behind", "/webhook/", () => front.secret],
  ])("goes with %s through the webhook function to its row", async (_, path, secret) => {
    const before = await applied();
    const body = newEvent();
    const { status, text } = await ask(path, { headers: signature(body, secret()), body });
    expect({ status, text }).toEqual({ status: 200, text: "Received." });
    expect(await applied()).toBe(before + 1);
  });

  it("is taken whatever its content type, its characters unchanged", async () => {
    const body = newEvent().replace("name ", "ü😀 ");
    for (const type of ["application/json", "application/octet-stream"]) {
      const headers = { ...signature(body, front.secret), "content-type": type };
      expect(await ask("/webhook", { headers, body })).toMatchObject({ status: 200 });
    }
  });

  it.each<[name: string, headers: (body: string) => Record<string, string>]>([
    ["another secret", (body) => signature(body, "whsec_other")],
    ["a signature of another body", () => signature("{}", front.secret)],
    ["an old signature", (body) => signature(body, front.secret, 1_700_000_000)],
    ["no signature but the token", () => bearer()],
    ["half a signature", () => ({ "stripe-signature": "t=1,v1=" })],
    ["an empty signature", () => ({ "stripe-signature": "" })],
  ])("is refused with %s: 400, in one sentence, and goes nowhere", async (_, headers) => {
    const [before, told] = [await applied(), refused.length];
    const body = newEvent();
    const { status, text } = await ask("/webhook", { headers: headers(body), body });
    expect(status).toBe(400);
    expect(text).toMatch(/^The [^\n]+\.$/);
    expect(await applied()).toBe(before);
    expect(refused).toHaveLength(told + 1);
  });

  it("waits where many come at once, and none is throttled", async () => {
    const before = await applied();
    const bodies = Array.from({ length: 20 }, newEvent);
    const answers = await Promise.all(
      bodies.map((body) => ask("/webhook", { headers: signature(body, front.secret), body })),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(pipeline.outcomes.settled()).toBeGreaterThanOrEqual(before);
  });
});

describe("whoever looks", () => {
  it("is told with the token how far the run is, and where everything is", async () => {
    const { status, text } = await ask("/", { method: "GET", headers: bearer() });
    const { counts, endpoints } = JSON.parse(text);
    expect(status).toBe(200);
    expect(counts).toMatchObject({
      sent: expect.any(Number),
      applied: expect.any(Number),
      parkedReasons: {},
    });
    expect(endpoints).toMatchObject({
      webhook: `${front.url}/webhook`,
      sqs: { url: pipeline.aws.sqs.url },
      dynamodb: { url: pipeline.aws.dynamodb.url, table: "billing" },
    });
    expect(text).not.toContain(front.token);
    expect(text).not.toContain("whsec_");
  });

  it.each(["/", "/?token=TOKEN"])(
    "is told without it what this is, in one sentence: GET %s",
    async (path) => {
      const { status, text } = await ask(path.replace("TOKEN", front.token), { method: "GET" });
      expect(status).toBe(401);
      expect(text).toMatch(/^This is a local run of Stripe Lanes: [^\n.]+\.\n$/);
    },
  );

  it("gets the same headers without a body for HEAD", async () => {
    expect(await ask("/", { method: "HEAD", headers: bearer() })).toMatchObject({ status: 200, text: "" });
    expect(await ask("/", { method: "HEAD" })).toMatchObject({ status: 401, text: "" });
  });

  it.each([
    ["/", "GET, POST, HEAD, OPTIONS"],
    ["/webhook", "POST, OPTIONS"],
  ])("is told what %s takes", async (path, allow) => {
    const options = await ask(path, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, allow]);
    for (const method of ["PUT", "DELETE", "PATCH", ...(path === "/" ? [] : ["GET", "HEAD"])]) {
      const { status, headers } = await ask(path, { method });
      expect([status, headers.get("allow")]).toEqual([405, allow]);
    }
  });

  it.each(["/favicon.ico", "/webhook/x", "/WEBHOOK", "//webhook", "/../webhook/..%2f"])(
    "is told where there is nothing: %s",
    async (path) => {
      const { status, text } = await ask(path, { headers: bearer(), body: newEvent() });
      expect([status, text]).toEqual([404, expect.stringMatching(/^There is nothing here: [^\n]+\.\n$/)]);
    },
  );

  it("is refused as a web page", async () => {
    const headers = { ...bearer(), origin: "https://evil.example" };
    expect(await ask("/", { headers, body: newEvent() })).toMatchObject({ status: 403 });
  });
});
