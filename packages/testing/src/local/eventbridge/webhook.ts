// Takes plain HTTP posts of Stripe events, as Stripe sends them to a webhook, and puts them on a bus.
import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../http.ts";
import { isObject } from "./flat.ts";

export type Webhook = { readonly bus: string; readonly source: string };

type Entry = { EventBusName: string; Source: string; DetailType: string; Detail: string };

const OBJECTS = new Set<unknown>(["event", "v2.core.event"]);

/** For the server's `fallback`: answers `POST /` and leaves AWS requests alone. `put` throws what it refuses. */
export function webhookReceiver({ bus, source }: Webhook, put: (entry: Entry) => void) {
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const isPost = request.method === "POST" && request.url === "/";
    if (!isPost || request.headers["x-amz-target"] !== undefined) return false;
    void receive(request, response, (type, body) =>
      put({ EventBusName: bus, Source: source, DetailType: type, Detail: body }),
    );
    return true;
  };
}

async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  put: (type: string, body: string) => void,
) {
  try {
    const body = await readBody(request);
    put(typeOf(body), body);
    response.writeHead(200, { "content-type": "application/json" }).end('{"received":true}');
  } catch (error) {
    response.writeHead(400, { "content-type": "text/plain" }).end((error as Error).message);
  }
}

function typeOf(body: string): string {
  const event = parsed(body);
  if (!isObject(event)) throw new Error("The body is not a JSON object.");
  const { object, id, type } = event;
  if (!OBJECTS.has(object))
    throw new Error("The object is no Stripe event: neither event nor v2.core.event.");
  if (typeof id !== "string" || id === "") throw new Error("The Stripe event has no id.");
  if (typeof type !== "string" || type === "") throw new Error(`The Stripe event ${id} has no type.`);
  return type;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new Error("The body is not JSON.");
  }
}
