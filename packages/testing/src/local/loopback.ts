// HTTP servers that only this machine's programs reach: at 127.0.0.1, and closed to what a web page sends there.
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type LoopbackServer = {
  url: string;
  port: number;
  /** Ends open connections too. */
  close(): Promise<void>;
  /** Keeps no process alive from now on. */
  unref(): void;
};

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Milliseconds for which an idle connection stays open: SDK clients keep theirs. */
const KEEP_ALIVE = 60_000;

const HTTP_PORT = 80;

/** Names that no DNS server can lead here from elsewhere: RFC 6761 keeps `localhost` and what is under it. */
const LOOPBACK = /^(?:127\.0\.0\.1|\[::1\]|(?:[a-z\d_-]+\.)*localhost)(?::(\d+))?$/i;

/**
 * Listens at 127.0.0.1; 0 takes a free port. A request for another host (DNS rebinding) or from a page of another
 * origin (cross-site request forgery) is answered 403 and not given to `answer`.
 * @throws Error with the code EADDRINUSE and its `port` where that is taken
 */
export async function listenOnLoopback(port: number, answer: Answer): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    const refusal = refusalOf(request, (server.address() as AddressInfo).port);
    if (refusal === null) answer(request, response);
    else refuse(request, response, refusal);
  });
  server.keepAliveTimeout = KEEP_ALIVE;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${taken}`,
    port: taken,
    unref: () => void server.unref(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Why a request is not for this server, in one sentence, or null. */
function refusalOf({ headers: { host, origin } }: IncomingMessage, port: number): string | null {
  if (!isOwn(host, port)) return `The Host header must be 127.0.0.1:${port} or localhost:${port}.`;
  if (origin === undefined || isOwn(origin.replace(/^http:\/\//, ""), port)) return null;
  return `Requests from web pages are refused: the Origin header must be absent or http://127.0.0.1:${port}.`;
}

function isOwn(host: string | undefined, port: number): boolean {
  const match = LOOPBACK.exec(host ?? "");
  return match !== null && Number(match[1] ?? HTTP_PORT) === port;
}

function refuse(request: IncomingMessage, response: ServerResponse, sentence: string): void {
  request.resume();
  response
    .writeHead(403, { "content-type": "text/plain; charset=utf-8", connection: "close" })
    .end(`${sentence}\n`);
}
