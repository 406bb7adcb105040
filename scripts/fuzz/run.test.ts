import { handleBatch } from "@stripe-lanes/core/batch";
import { admit } from "@stripe-lanes/functions/ingress";
import { describe, expect, it } from "vitest";
import type { Handle } from "./body-check.ts";
import type { WebhookFunction } from "./function.ts";
import type { Admit } from "./request-check.ts";
import { OPTIONS } from "./requests.ts";
import { fuzz } from "./run.ts";

const REAL = { seed: 1, requests: 1_500, bodies: 600, admit, handle: handleBatch };
const REQUESTS = { ...REAL, bodies: 0 };
const BODIES = { ...REAL, requests: 0 };

const headerOf: (request: Parameters<Admit>[0]) => string = ({ headers }) =>
  headers["stripe-signature"] ?? "";

describe("the fuzz", () => {
  it("finds nothing wrong, and tries what is accepted and what is refused, applied and parked", async () => {
    const { violations, requests, bodies } = await fuzz(REAL);
    expect(violations).toEqual([]);
    expect(requests.accepted + requests.refused + requests.tooLarge).toBe(REAL.requests);
    expect(requests.accepted).toBeGreaterThan(REAL.requests / 10);
    expect(requests.claimChecks).toBeGreaterThan(0);
    expect(Object.values(bodies).reduce((sum, count) => sum + count, 0)).toBe(REAL.bodies);
    expect(bodies.applied).toBeGreaterThan(REAL.bodies / 10);
    expect(bodies.parked).toBeGreaterThan(REAL.bodies / 10);
  });

  it("does the same for the same seed, and something else for another", async () => {
    const few = { ...REAL, requests: 200, bodies: 50 };
    const reports = [await fuzz(few), await fuzz(few), await fuzz({ ...few, seed: 2 })];
    expect(reports[1]).toEqual(reports[0]);
    expect(reports[2]).not.toEqual(reports[0]);
  });
});

describe("a fault of the webhook's", () => {
  const answered = (change: (answer: ReturnType<Admit>) => object): Admit => {
    return (request, options) => change(admit(request, options)) as ReturnType<Admit>;
  };
  const faults: [string, Admit, RegExp][] = [
    [
      "a plain error of the SDK's that is let through",
      (request, options) => {
        if (/v1=(,|$)/.test(headerOf(request))) throw new Error("secureCompare must receive two arguments");
        return admit(request, options);
      },
      /^it throws Error: secureCompare/,
    ],
    [
      "an old signature that is good",
      (request, options) => admit(request, { ...options, now: options.now - 100_000 }),
      /accepts what nobody signed/,
    ],
    [
      "another secret that is good",
      (request, options) => admit(request, { ...options, secrets: [...options.secrets, "whsec_other"] }),
      /accepts what nobody signed/,
    ],
    [
      "one secret that is not",
      (request, options) => admit(request, { ...options, secrets: options.secrets.slice(1) }),
      /refuses a signed event|no metric/,
    ],
    [
      "a body that is laid out anew",
      answered((answer) =>
        "entry" in answer ? { ...answer, entry: { ...answer.entry, Detail: '{"type":"t"}' } } : answer,
      ),
      /another event/,
    ],
    [
      "a character that SQS refuses",
      answered((answer) => {
        if (!("entry" in answer)) return answer;
        const Detail = answer.entry.Detail.replaceAll("\\uffff", "\uffff");
        return { ...answer, entry: { ...answer.entry, Detail } };
      }),
      /SQS refuses/,
    ],
    [
      "an alarm that anybody may set off",
      answered((answer) => ("entry" in answer ? answer : { ...answer, metric: "WebhookRefused" })),
      /nobody signed/,
    ],
    [
      "a refusal that nobody sees",
      answered((answer) => ("entry" in answer ? answer : { ...answer, metric: undefined })),
      /no metric/,
    ],
    ["a 500", answered((answer) => ("entry" in answer ? answer : { ...answer, status: 500 })), /answers 500/],
  ];

  it.each(faults)("is found: %s", async (_, faulty, wrong) => {
    const { violations } = await fuzz({ ...REQUESTS, admit: faulty });
    expect(violations).toEqual([
      { of: "request", wrong: expect.stringMatching(wrong), input: expect.any(String) },
    ]);
  });

  it("is told by a small header", async () => {
    const [, faulty] = faults[0] as (typeof faults)[number];
    const { violations } = await fuzz({ ...REQUESTS, admit: faulty });
    expect(headerOf(JSON.parse(violations[0]?.input ?? ""))).toBe("v1=");
  });
});

describe("a fault of the function around it", () => {
  const answering = (answer: WebhookFunction["answer"], taken = () => 0): WebhookFunction => ({
    answer,
    taken,
    close: async () => undefined,
  });
  const decided = (request: Parameters<Admit>[0]) => {
    const answer = admit(request, OPTIONS);
    return { statusCode: "entry" in answer ? 200 : answer.status };
  };
  let put = 0;

  it.each<[string, WebhookFunction, RegExp]>([
    [
      "an exception",
      answering(() => Promise.reject(new TypeError("no"))),
      /the function throws TypeError: no/,
    ],
    ["a 500", answering(async () => ({ statusCode: 500 })), /answers 500 where [24]/],
    [
      "a 200 with nothing on the bus",
      answering(async (request) => decided(request)),
      /puts 0 entries .* not 1/,
    ],
    [
      "what is refused on the bus",
      answering(
        async (request) => decided(request),
        () => put++,
      ),
      /puts 1 entries .* not 0/,
    ],
  ])("is found: %s", async (_, webhook, wrong) => {
    const { violations } = await fuzz({ ...REQUESTS, webhook });
    expect(violations).toMatchObject([{ of: "request", wrong: expect.stringMatching(wrong) }]);
  });
});

describe("a fault of the worker's", () => {
  const faults: [string, Handle, RegExp][] = [
    [
      "a message that is forgotten",
      async (messages, ...rest) => (await handleBatch(messages, ...rest)).slice(0, 3),
      /has no result/,
    ],
    [
      "one that is acknowledged and not parked",
      (messages, ports, options) =>
        handleBatch(messages, { ...ports, queue: { ...ports.queue, park: async () => undefined } }, options),
      /parked 0 times/,
    ],
    [
      "an exception for a name",
      async (messages, ...rest) => {
        if (messages.some(({ body }) => body.includes('"constructor":'))) throw new TypeError("no");
        return handleBatch(messages, ...rest);
      },
      /the batch throws TypeError/,
    ],
    [
      "an outcome that no table keeps",
      (messages, ports, options) =>
        handleBatch(
          messages,
          { ...ports, store: { ...ports.store, commit: async () => undefined } },
          options,
        ),
      /ledger does not say so/,
    ],
    [
      "no event that is applied",
      async (messages, ...rest) =>
        (await handleBatch(messages, ...rest)).map((result) =>
          result.kind === "settled" && result.reason === "not-json"
            ? { ...result, outcome: "applied" as const, reason: "first" as never }
            : result,
        ),
      /is no event/,
    ],
    [
      "one that is tried for ever",
      async (messages, ...rest) =>
        (await handleBatch(messages, ...rest)).map((result) =>
          result.kind === "settled" && result.outcome === "duplicate"
            ? { message: result.message, kind: "retry" as const, error: new Error("again") }
            : result,
        ),
      /tried again|no outcome/,
    ],
  ];

  it.each(faults)("is found: %s", async (_, faulty, wrong) => {
    const { violations } = await fuzz({ ...BODIES, handle: faulty });
    expect(violations).toEqual([
      { of: "body", wrong: expect.stringMatching(wrong), input: expect.any(String) },
    ]);
  });
});
