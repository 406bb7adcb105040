// AWS's JSON protocol over 127.0.0.1: one server a service, which knows nothing of what it serves.
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { isDeeperThan } from "@stripe-lanes/core/json-depth";
import type { Clock } from "./clock.ts";
import { type LoopbackServer, listenOnLoopback } from "./loopback.ts";

/** An error that the AWS SDK turns back into an exception named `code`. */
export class AwsError extends Error {
  readonly code: string;
  readonly status: number;
  /** Members of the error besides its message, such as `CancellationReasons`. */
  readonly members: Record<string, unknown>;
  /** SQS's older name for the error, which its clients read from a header. */
  readonly queryCode: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { status?: number; members?: Record<string, unknown>; queryCode?: string } = {},
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = options.status ?? 400;
    this.members = options.members ?? {};
    this.queryCode = options.queryCode;
  }
}

export type Service = "dynamodb" | "events" | "sqs";

/** What goes wrong with one request: `when` says whether the operation still takes place. */
export type Fault = {
  when: "before" | "after";
  error?: AwsError;
  /** Milliseconds to wait before answering. */
  delay?: number;
};

/** Asked once a request; no answer means that nothing goes wrong. */
export type Faults = (service: Service, operation: string, input: unknown) => Fault | undefined;

/** Runs one operation of a service and gives its output; throws `AwsError`. `gone` aborts when the client leaves. */
export type Dispatch = (
  operation: string,
  input: Record<string, unknown>,
  gone: AbortSignal,
) => object | Promise<object>;

type ServeOptions = {
  service: Service;
  dispatch: Dispatch;
  clock: Clock;
  contentType: "application/x-amz-json-1.0" | "application/x-amz-json-1.1";
  /** 0, the default, takes a free port. */
  port?: number;
  faults?: Faults | undefined;
};

/**
 * Listens when this resolves; rejects when the port is taken. A thrown AwsError becomes the SDK's exception,
 * anything else InternalFailure with status 500 and the stack.
 */
export async function serve(options: ServeOptions): Promise<LoopbackServer> {
  return listenOnLoopback(options.port ?? 0, (request, response) => {
    void answer(options, request, response);
  });
}

async function answer(options: ServeOptions, request: IncomingMessage, response: ServerResponse) {
  const operation = String(request.headers["x-amz-target"] ?? "")
    .split(".")
    .at(-1) as string;
  const gone = new AbortController();
  response.once("close", () => gone.abort());
  try {
    const input = parseInput(await text(request));
    const run = () => options.dispatch(operation, input, gone.signal);
    send(
      options,
      response,
      200,
      await withFault(options, options.faults?.(options.service, operation, input), run),
    );
  } catch (error) {
    sendError(options, response, error);
  }
}

async function withFault(
  options: ServeOptions,
  fault: Fault | undefined,
  run: () => object | Promise<object>,
) {
  if (!fault) return run();
  if (fault.when === "before" && fault.error) throw await late(options, fault, fault.error);
  const output = await run();
  if (fault.error) throw await late(options, fault, fault.error);
  return late(options, fault, output);
}

function late<T>({ clock }: ServeOptions, { delay }: Fault, value: T): T | Promise<T> {
  if (!delay) return value;
  return new Promise((resolve) => clock.after(delay, () => resolve(value)));
}

/** Far more than a request needs, and far less than what a walk through it could overflow the stack with. */
const DEEPEST = 1_000;

function parseInput(body: string): Record<string, unknown> {
  if (isDeeperThan(body, DEEPEST)) {
    throw new AwsError("SerializationException", `The request body is nested deeper than ${DEEPEST} levels.`);
  }
  const input = parsed(body === "" ? "{}" : body);
  if (typeof input === "object" && input !== null && !Array.isArray(input)) return { ...input };
  throw new AwsError("SerializationException", "The request body is not a JSON object.");
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new AwsError("SerializationException", "The request body is not JSON.");
  }
}

function sendError(options: ServeOptions, response: ServerResponse, error: unknown) {
  const known =
    error instanceof AwsError
      ? error
      : new AwsError(
          "InternalFailure",
          error instanceof Error ? (error.stack ?? error.message) : String(error),
          {
            status: 500,
          },
        );
  if (known.queryCode) response.setHeader("x-amzn-query-error", `${known.queryCode};Sender`);
  send(options, response, known.status, { __type: known.code, message: known.message, ...known.members });
}

function send({ contentType }: ServeOptions, response: ServerResponse, status: number, output: object) {
  const body = JSON.stringify(output);
  response.writeHead(status, { "content-type": contentType, "content-length": Buffer.byteLength(body) });
  response.end(body);
}
