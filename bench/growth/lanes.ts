// Lanes that are handled at once: dealt to as many processes as there are cores, since each is a Lambda of its own.
import { availableParallelism } from "node:os";
import { batchesOf } from "../batches.ts";
import { closing } from "../closing.ts";
import { startDynamoDbProcess } from "../servers/dynamodb.ts";
import { lives, numbered } from "./customer.ts";
import { measureOurs } from "./ours.ts";
import type { Series } from "./series.ts";
import { interleaved } from "./stream.ts";

const LATENCY = 4;
/** Of each lane. */
const [CUSTOMERS, EVENTS_EACH] = [10, 50];

export const LANES: Series = {
  name: "lanes",
  axis: "lanes at once",
  latency: LATENCY,
  at: [1, 2, 4, 8, 16],
  measured: async (count) => ({
    figures: await closing(startDynamoDbProcess(), (server) => {
      const job = { lanes: lanesOf(count), latency: LATENCY };
      return measureOurs(server, job, Math.min(count, availableParallelism()));
    }),
  }),
};

/** Each lane has the same events, of customers of its own. */
export function lanesOf(count: number): string[][][] {
  return Array.from({ length: count }, (_, lane) => {
    const lived = lives(numbered(CUSTOMERS, lane * CUSTOMERS), EVENTS_EACH);
    return batchesOf(interleaved(lived, { customers: 5, together: 2 }));
  });
}
