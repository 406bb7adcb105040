// What the front answers, as data.
import type { ServerResponse } from "node:http";
import type { UrlAnswer } from "@stripe-lanes/testing/local/lambda/function-url";

export type Reply = UrlAnswer;

export function json(status: number, value: object): Reply {
  return {
    status,
    headers: { "content-type": "application/json" },
    body: `${JSON.stringify(value, null, 2)}\n`,
  };
}

export function sentence(status: number, text: string): Reply {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${text}\n` };
}

/** To somebody who did not show who they are. */
export function refuse(text: string): Reply {
  const reply = sentence(401, text);
  return { ...reply, headers: { ...reply.headers, "www-authenticate": "Bearer" } };
}

export function write(response: ServerResponse, { status, headers, body }: Reply): void {
  const length = status === 204 ? {} : { "content-length": Buffer.byteLength(body) };
  response.writeHead(status, { ...headers, ...length, "x-content-type-options": "nosniff" }).end(body);
}
