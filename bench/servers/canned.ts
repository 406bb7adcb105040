// Recorded answers from a process of its own: so little work that what is measured is the contender.
import type { CannedCalls } from "./canned-process.ts";
import { opened, startProcess } from "./process.ts";
import type { Server } from "./server.ts";

/**
 * Answers the nth request with the nth answer of a file that `DynamoDb.save` wrote. It refuses a request for
 * another operation than was recorded, and then says which in `refusal`. It counts no units.
 */
export async function startCanned(path: string): Promise<Server> {
  const running = startProcess<CannedCalls>(
    "The server of recorded answers",
    new URL("./canned-process.ts", import.meta.url),
  );
  const { call, close } = running;
  return {
    url: await opened(running, call("open", path)),
    setLatency: (milliseconds) => call("setLatency", milliseconds),
    reset: () => call("reset"),
    asked: async () => ({ requests: await call("requests"), readUnits: null, writeUnits: null }),
    refusal: () => call("refusal"),
    close,
  };
}
