// The front of a run that stays up: where a person looks, posts events, and lets Stripe post them.
import type { IncomingMessage, ServerResponse } from "node:http";
import { LARGEST_BODY, urlEvent } from "@stripe-lanes/testing/local/lambda/function-url";
import { listenOnLoopback } from "@stripe-lanes/testing/local/loopback";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { putBareEvent } from "./bare-event.ts";
import { readUpTo } from "./body.ts";
import { hasToken, newSigningSecret, newToken } from "./credentials.ts";
import { json, type Reply, refuse, sentence, write } from "./reply.ts";
import { statusOf } from "./status.ts";
import { startWebhook, type Webhook } from "./webhook.ts";

export type FrontOptions = {
  pipeline: Pipeline;
  port: number;
  lanes: number;
  /** Signing secrets that are good beside the run's own. */
  secrets: string[];
  /** Told of each event that is refused. */
  onRefused(reply: Reply): void;
};

export type Front = {
  url: string;
  /** What a person posts with. */
  token: string;
  /** What a person signs with. */
  secret: string;
  /** Takes events from now on; those that came before have waited. */
  open(): void;
  close(): Promise<void>;
};

type Site = {
  pipeline: Pipeline;
  webhook: Webhook;
  token: string;
  opened: Promise<void>;
  onRefused(reply: Reply): void;
};

type Handler = (site: Site, request: IncomingMessage) => Promise<Reply>;

/** HEAD is answered as GET is. */
const PATHS: Record<string, Record<string, Handler>> = {
  "/": { GET: showStatus, POST: post },
  "/webhook": { POST: postSigned },
};

/** @throws Error with the code EADDRINUSE where the port is taken */
export async function startFront({
  pipeline,
  port,
  lanes,
  secrets,
  onRefused,
}: FrontOptions): Promise<Front> {
  const [token, secret, opened] = [newToken(), newSigningSecret(), Promise.withResolvers<void>()];
  const webhook = await startWebhook(pipeline, { lanes, secrets: [secret, ...secrets] });
  const site = { pipeline, webhook, token, opened: opened.promise, onRefused };
  const server = await listenOnLoopback(port, (request, response) => void answer(site, request, response));
  return {
    url: server.url,
    token,
    secret,
    open: opened.resolve,
    async close() {
      await server.close();
      await webhook.stop();
    },
  };
}

async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    write(response, await replyTo(site, request));
  } catch (error) {
    // Whoever left before the end of their own request hears nothing.
    if (request.destroyed && !request.complete) return;
    console.error(error);
    write(response, sentence(500, "The local run failed; its output says why."));
  }
}

function replyTo(site: Site, request: IncomingMessage): Promise<Reply> | Reply {
  const { method = "GET", url = "/" } = request;
  const methods = PATHS[pathOf(url)];
  if (methods === undefined)
    return sentence(
      404,
      "There is nothing here: GET / tells the status, POST / and POST /webhook take an event.",
    );
  const allow = [...Object.keys(methods), ...("GET" in methods ? ["HEAD"] : []), "OPTIONS"].join(", ");
  if (method === "OPTIONS") return { status: 204, headers: { allow }, body: "" };
  const handler = methods[method === "HEAD" ? "GET" : method];
  return handler?.(site, request) ?? { ...sentence(405, `This path takes ${allow}.`), headers: { allow } };
}

function pathOf(url: string): string {
  const [path = ""] = url.split("?");
  return path.length > 1 ? path.replace(/\/$/, "") : path;
}

async function showStatus({ pipeline, token }: Site, { headers, socket }: IncomingMessage): Promise<Reply> {
  if (hasToken(headers.authorization, token))
    return json(200, statusOf(pipeline, `http://127.0.0.1:${socket.localPort}`));
  return refuse(
    "This is a local run of Stripe Lanes: send the token that npm start printed (Authorization: Bearer TOKEN).",
  );
}

/** What is signed goes where Stripe posts; what is not needs the token. */
async function post(site: Site, request: IncomingMessage): Promise<Reply> {
  const { authorization, "stripe-signature": signature } = request.headers;
  if (hasToken(authorization, site.token)) return postBare(site, request);
  if (signature !== undefined) return postSigned(site, request);
  request.resume();
  return refuse(
    "An event needs the token that npm start printed (Authorization: Bearer TOKEN) or a stripe-signature header.",
  );
}

async function postBare(site: Site, request: IncomingMessage): Promise<Reply> {
  return toldWhereRefused(site, request, async (body) => {
    const refused = await putBareEvent(site.pipeline.aws.events, body);
    return refused ? sentence(refused.status, refused.sentence) : json(200, { received: true });
  });
}

async function postSigned(site: Site, request: IncomingMessage): Promise<Reply> {
  return toldWhereRefused(site, request, (body) => site.webhook.answer(urlEvent(request, body, new Date())));
}

async function toldWhereRefused(
  site: Site,
  request: IncomingMessage,
  take: (body: Buffer) => Promise<Reply>,
): Promise<Reply> {
  const body = await readUpTo(request, LARGEST_BODY);
  await site.opened;
  const reply = body === null ? sentence(413, TOO_LARGE) : await take(body);
  if (reply.status >= 400) site.onRefused(reply);
  return reply;
}

const TOO_LARGE = `The body is larger than ${LARGEST_BODY} bytes, the most that a function URL takes.`;
