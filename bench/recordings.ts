// A contender's requests and answers on a job's batches, recorded once a run against the local DynamoDB.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { closing } from "./closing.ts";
import { floorRequestsOf } from "./floor-requests.ts";
import { type Child, type Given, handling } from "./handling.ts";
import type { Job } from "./job.ts";
import { scratch } from "./scratch.ts";
import { type DynamoDb, startDynamoDbProcess } from "./servers/dynamodb.ts";
import type { Exchange } from "./servers/recording.ts";

export type Recording = {
  /** A file of all exchanges in their order, for the server of recorded answers. */
  exchanges: string;
  /** How many were made when the contender had opened, and after each batch, those of the warm-up first. */
  ends: number[];
};

const recordings = new Map<string, Promise<Recording>>();

/** @throws Error for more than one lane: what several ask at once has no order that would repeat itself. */
export function recordingOf(job: Job): Promise<Recording> {
  const key = keyOf(job);
  const made = recordings.get(key) ?? record(job, key);
  recordings.set(key, made);
  return made;
}

/** What the floor needs to know: nothing of any other contender. */
export async function givenTo(job: Job): Promise<Given> {
  if (job.contender !== "floor") return {};
  const ours: Job = { ...job, contender: "ours" };
  const requests = scratch(`requests-${keyOf(ours)}.json`);
  writeFileSync(requests, JSON.stringify(batchesIn(await recordingOf(ours)).map(floorRequestsOf)));
  return { requests };
}

function keyOf({ contender, lanes, warmUp }: Job): string {
  const digest = createHash("sha256")
    .update(JSON.stringify([warmUp, lanes]))
    .digest("hex");
  return `${contender}-${digest.slice(0, 16)}`;
}

async function record(job: Job, key: string): Promise<Recording> {
  if (job.lanes.length !== 1) throw new Error(`${job.contender} is recorded with one lane, not more.`);
  const given = await givenTo(job);
  return closing(startDynamoDbProcess(), async (database) => {
    const server = { url: await database.record(), refusal: async () => null };
    const ends = await handling(job, server, given, (child) => stepThrough(job, child, database));
    const exchanges = scratch(`exchanges-${key}.json`);
    await database.save(exchanges);
    return { exchanges, ends };
  });
}

async function stepThrough({ warmUp, lanes }: Job, child: Child, database: DynamoDb): Promise<number[]> {
  const ends = [await database.recorded()];
  const batches = warmUp.length + lanes.flat().length;
  for (let batch = 0; batch < batches; batch++) {
    await child.call("step", batch);
    ends.push(await database.recorded());
  }
  return ends;
}

function batchesIn({ exchanges, ends }: Recording): Exchange[][] {
  const all = JSON.parse(readFileSync(exchanges, "utf8")) as Exchange[];
  return ends.slice(1).map((end, batch) => all.slice(ends[batch], end));
}
