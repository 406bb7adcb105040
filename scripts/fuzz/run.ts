// One run of the fuzz: so many requests to the webhook, so many bodies to the worker, and what came of them.
import type { Request } from "@stripe-lanes/functions/ingress";
import { type Random, seeded } from "@stripe-lanes/testing/random";
import { type BodyTally, type Handle, wrongIn } from "./body-check.ts";
import { bodyFrom, examples } from "./events.ts";
import type { WebhookFunction } from "./function.ts";
import { type Admit, wrongWith } from "./request-check.ts";
import { OPTIONS, requestFrom } from "./requests.ts";
import { shrunk } from "./shrink.ts";

export type FuzzOptions = {
  seed: number;
  requests: number;
  bodies: number;
  admit: Admit;
  handle: Handle;
  /** The function around `admit`: not asked unless it is given. */
  webhook?: WebhookFunction | undefined;
};

type Violation = { of: "request" | "body"; wrong: string; input: string };

export type FuzzReport = {
  requests: {
    accepted: number;
    refused: number;
    tooLarge: number;
    claimChecks: number;
    /** Of them all, those that were sent to the function too. */
    toFunction: number;
  };
  bodies: Record<string, number>;
  violations: Violation[];
};

/** One request in so many is sent to the function itself, too. */
const TO_THE_FUNCTION = 100;

const LARGEST_BATCH = 10;

/** Stops at the first that goes wrong: `onDone` is told how many are over. */
export async function fuzz(
  options: FuzzOptions,
  onDone: (done: number) => void = () => {},
): Promise<FuzzReport> {
  const report: FuzzReport = {
    requests: { accepted: 0, refused: 0, tooLarge: 0, claimChecks: 0, toFunction: 0 },
    bodies: {},
    violations: [],
  };
  const known = examples();
  const random = seeded(options.seed);
  const wrong =
    (await fuzzRequests(options, known, random, report, onDone)) ??
    (await fuzzBodies(options, known, random, report, onDone));
  if (wrong) report.violations.push(wrong);
  return report;
}

async function fuzzRequests(
  { requests, admit, webhook }: FuzzOptions,
  known: readonly string[],
  random: Random,
  report: FuzzReport,
  onDone: (done: number) => void,
): Promise<Violation | null> {
  for (let done = 0; done < requests; done++) {
    const request = requestFrom(known, random);
    const wrong = wrongWith(counting(admit, report), request, OPTIONS);
    if (wrong !== null) return { of: "request", wrong, input: await smallRequest(admit, request, wrong) };
    const wrongAnswer =
      webhook && done % TO_THE_FUNCTION === 0 ? await wrongAt(webhook, admit, request) : null;
    if (wrongAnswer !== null) return { of: "request", wrong: wrongAnswer, input: JSON.stringify(request) };
    if (webhook && done % TO_THE_FUNCTION === 0) report.requests.toFunction += 1;
    onDone(done + 1);
    if (done % 1_000 === 0) await new Promise(setImmediate);
  }
  return null;
}

/** What it answers is what was decided, and 200 only once all of it is on the bus. */
async function wrongAt(webhook: WebhookFunction, admit: Admit, request: Request): Promise<string | null> {
  const decided = admit(request, OPTIONS);
  const entries = "entry" in decided ? [decided.entry, decided.claimCheck].filter(Boolean).length : 0;
  const status = "entry" in decided ? 200 : decided.status;
  const before = webhook.taken();
  try {
    const { statusCode } = await webhook.answer(request);
    if (statusCode !== status) return `the function answers ${statusCode} where ${status} was decided`;
  } catch (error) {
    return `the function throws ${String(error)}`;
  }
  const put = webhook.taken() - before;
  return put === entries ? null : `the function puts ${put} entries on the bus, not ${entries}`;
}

function counting(admit: Admit, { requests }: FuzzReport): Admit {
  return (request, options) => {
    const answer = admit(request, options);
    if ("entry" in answer) requests.accepted += 1;
    else if (answer.status === 413) requests.tooLarge += 1;
    else requests.refused += 1;
    if ("entry" in answer && /"claim_check":true/.test((answer.claimCheck ?? answer.entry).Detail)) {
      requests.claimChecks += 1;
    }
    return answer;
  };
}

/** Its header is made small; a body that is signed cannot be. */
async function smallRequest(admit: Admit, request: Request, wrong: string): Promise<string> {
  const header = request.headers["stripe-signature"];
  if (header === undefined) return JSON.stringify(request);
  const withHeader = (text: string): Request => ({ ...request, headers: { "stripe-signature": text } });
  const small = await shrunk(header, async (text) => wrongWith(admit, withHeader(text), OPTIONS) === wrong);
  return JSON.stringify(withHeader(small));
}

async function fuzzBodies(
  { requests, bodies, handle }: FuzzOptions,
  known: readonly string[],
  random: Random,
  report: FuzzReport,
  onDone: (done: number) => void,
): Promise<Violation | null> {
  const tally: BodyTally = { ended: report.bodies };
  for (let done = 0; done < bodies; ) {
    const size = Math.min(1 + random.integer(LARGEST_BATCH), bodies - done);
    const batch = Array.from({ length: size }, () => bodyFrom(known, random));
    const seed = random.integer(2 ** 32);
    const found = await wrongIn(handle, batch, seeded(seed), tally);
    if (found) return { of: "body", wrong: found.wrong, input: await smallBody(handle, found.body, seed) };
    done += size;
    onDone(requests + done);
  }
  return null;
}

/** Alone, where it fails alone too. */
async function smallBody(handle: Handle, body: string, seed: number): Promise<string> {
  const fails = async (text: string) => (await wrongIn(handle, [text], seeded(seed), { ended: {} })) !== null;
  return (await fails(body)) ? shrunk(body, fails) : body;
}
