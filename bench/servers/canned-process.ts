// The process that answers as was recorded: the nth request gets the nth answer, whatever it asks of its operation.
import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { listenOnLoopback } from "@stripe-lanes/testing/local/loopback";
import { answerCalls } from "./process.ts";
import type { Exchange } from "./recording.ts";

type Canned = { operation: string; status: number; answer: Buffer };

let answers: Canned[] = [];
let latency = 0;
let arrived = 0;
let counted = 0;
let refusal: string | null = null;

function reply(request: IncomingMessage, response: ServerResponse): void {
  const canned = next(operationOf(request));
  const answer = () => write(response, canned);
  request.resume().once("end", () => (latency === 0 ? answer() : setTimeout(answer, latency)));
}

function operationOf({ headers }: IncomingMessage): string {
  const target = String(headers["x-amz-target"]);
  return target.slice(target.indexOf(".") + 1);
}

function next(operation: string): Canned {
  const canned = answers[arrived++];
  counted += 1;
  if (canned?.operation === operation) return canned;
  refusal ??= `request ${arrived} was ${operation}, and ${canned?.operation ?? "nothing"} was recorded`;
  const answer = JSON.stringify({ __type: "ValidationException", message: refusal });
  return { operation, status: 400, answer: Buffer.from(answer) };
}

function write(response: ServerResponse, { status, answer }: Canned): void {
  response.writeHead(status, {
    "content-type": "application/x-amz-json-1.0",
    "content-length": answer.length,
  });
  response.end(answer);
}

const calls = {
  /** Takes a file of exchanges; gives its URL. */
  async open(path: string): Promise<string> {
    const exchanges = JSON.parse(readFileSync(path, "utf8")) as Exchange[];
    answers = exchanges.map(({ answer, ...rest }) => ({ ...rest, answer: Buffer.from(answer) }));
    return (await listenOnLoopback(0, reply)).url;
  },
  setLatency: (milliseconds: number) => {
    latency = milliseconds;
  },
  reset: () => {
    counted = 0;
  },
  requests: () => counted,
  refusal: () => refusal,
};

export type CannedCalls = typeof calls;

answerCalls(calls);
