// Measures ours against a server that is there already, in one process or in several at once.
import { batchesOf } from "../batches.ts";
import type { Job } from "../job.ts";
import { dealtOut, measureOn } from "../measure.ts";
import type { Sample } from "../results.ts";
import type { Server } from "../servers/server.ts";
import { lives, numbered } from "./customer.ts";
import { interleaved } from "./stream.ts";

export type Lanes = Pick<Job, "lanes" | "latency">;

const [WARM_UP_CUSTOMERS, WARM_UP_EVENTS] = [10, 40];
/** The next customer to warm up with: events that the table knows would be duplicates, and warm up little. */
let newcomer = 50_000_000;

/** A job of ours, which warms up with customers that no other job has. */
export function oursJob({ lanes, latency }: Lanes): Job {
  const customers = numbered(WARM_UP_CUSTOMERS, newcomer);
  newcomer += WARM_UP_CUSTOMERS;
  const warmUp = interleaved(lives(customers, WARM_UP_EVENTS), { customers: 5, together: 2 });
  return { contender: "ours", answering: "database", latency, lanes, warmUp: batchesOf(warmUp) };
}

/** The lanes are dealt to the processes; all run at once, and the peak memory is that of the largest. */
export function measureOurs(server: Server, job: Lanes, processes = 1): Promise<Sample> {
  return measureOn(
    server,
    dealtOut(job.lanes, processes).map((lanes) => oursJob({ ...job, lanes })),
  );
}
