// Whether the client of the request at hand has gone: a dispatcher is not told, so the request's own
// asynchronous context carries the signal. A message received for nobody would stay in flight.
import { AsyncLocalStorage } from "node:async_hooks";
import type { IncomingMessage, ServerResponse } from "node:http";

type Disconnects = {
  /** Sees each request before it is dispatched, and answers none. */
  fallback(request: IncomingMessage, response: ServerResponse): boolean;
  /** Of the request being dispatched: aborted when its connection closes. */
  signal(): AbortSignal | undefined;
};

export function disconnects(): Disconnects {
  const requests = new AsyncLocalStorage<AbortSignal>();
  return {
    fallback(_request, response) {
      const gone = new AbortController();
      response.once("close", () => gone.abort());
      requests.enterWith(gone.signal);
      return false;
    },
    signal: () => requests.getStore(),
  };
}
