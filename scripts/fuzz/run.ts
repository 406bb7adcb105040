// One run of the fuzz: so many requests to the webhook, so many bodies to the worker, and what came of them.
import type { Request } from "@stripe-lanes/functions/ingress";
import { type Random, seeded } from "@stripe-lanes/testing/random";
import { type BodyTally, type Handle, wrongIn } from "./body-check.ts";
import { bodyFrom, examples } from "./events.ts";
import { type Admit, wrongWith } from "./request-check.ts";
import { requestFrom, SECOND, SECRETS } from "./requests.ts";
import { shrunk } from "./shrink.ts";

export type FuzzOptions = { seed: number; requests: number; bodies: number; admit: Admit; handle: Handle };

type Violation = { of: "request" | "body"; wrong: string; input: string };

export type FuzzReport = {
  requests: { accepted: number; refused: number; tooLarge: number; claimChecks: number };
  bodies: Record<string, number>;
  violations: Violation[];
};

const OPTIONS = { secrets: SECRETS, source: "stripe-lanes.webhook", now: SECOND * 1_000 };

const LARGEST_BATCH = 10;

/** Stops at the first that goes wrong: `onDone` is told how many are over. */
export async function fuzz(
  options: FuzzOptions,
  onDone: (done: number) => void = () => {},
): Promise<FuzzReport> {
  const report: FuzzReport = {
    requests: { accepted: 0, refused: 0, tooLarge: 0, claimChecks: 0 },
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
  { requests, admit }: FuzzOptions,
  known: readonly string[],
  random: Random,
  report: FuzzReport,
  onDone: (done: number) => void,
): Promise<Violation | null> {
  for (let done = 0; done < requests; done++) {
    const request = requestFrom(known, random);
    const wrong = wrongWith(counting(admit, report), request, OPTIONS);
    if (wrong !== null) return { of: "request", wrong, input: await smallRequest(admit, request, wrong) };
    onDone(done + 1);
    if (done % 1_000 === 0) await new Promise(setImmediate);
  }
  return null;
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
