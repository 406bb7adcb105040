// A contender in a process of its own, which has read a job's batches and is ready to handle them.
import { rmSync, writeFileSync } from "node:fs";
import { devNull } from "node:os";
import { interruption } from "@stripe-lanes/ops/interrupt";
import { configurationOf, environmentVariables } from "@stripe-lanes/testing/local/lambda/context";
import { bundleOf, WORKER } from "./bundles.ts";
import type { Batches, ChildCalls } from "./child.ts";
import { closing } from "./closing.ts";
import type { Place } from "./contender.ts";
import type { Job } from "./job.ts";
import { scratch } from "./scratch.ts";
import { TABLE } from "./servers/dynamodb.ts";
import { type Running, startProcess } from "./servers/process.ts";
import type { Server } from "./servers/server.ts";

export type Child = Running<ChildCalls>;

/** What a contender needs besides the server's URL. */
export type Given = Pick<Place, "requests">;

/** Megabytes, as infra/worker.ts asks for them; nothing holds a process to it. */
const MEMORY = 512;

/**
 * Gives what `work` does with the contender's process, which is gone then.
 * @throws Error that says which contender failed, and why; or that the run was interrupted
 */
export async function handling<R>(
  job: Job,
  server: Pick<Server, "url" | "refusal">,
  given: Given,
  work: (child: Child) => Promise<R>,
): Promise<R> {
  const place = { ...(await placeFor(job, server.url)), ...given };
  return closing(startChild(job), (child) =>
    unlessInterrupted(async () => {
      try {
        await open(child, job, place);
        return await work(child);
      } catch (error) {
        throw await explained(job, server, error);
      }
    }),
  );
}

async function placeFor({ contender, profile }: Job, url: string): Promise<Place> {
  const place = { dynamodb: url, table: TABLE };
  if (contender === "ours")
    return { ...place, bundle: (await bundleOf(WORKER, { minify: profile === undefined })).path };
  return contender === "sync-engine" ? { ...place, postgres: url } : place;
}

/** It sees what Lambda sets, and nothing of ours. */
function startChild({ contender }: Job): Child {
  const configuration = configurationOf(contender, MEMORY, "bench");
  const noFiles = { AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull };
  const env = environmentVariables(configuration, noFiles);
  return startProcess<ChildCalls>(contender, new URL("./child.ts", import.meta.url), env);
}

let files = 0;

async function open(child: Child, { contender, lanes, warmUp }: Job, place: Place): Promise<void> {
  const path = scratch(`batches-${files++}.json`);
  const batches: Batches = { lanes, warmUp };
  writeFileSync(path, JSON.stringify(batches));
  try {
    await child.call("open", contender, place, path);
  } finally {
    rmSync(path, { force: true });
  }
}

/** A server of recorded answers knows more than the contender that it refused. */
async function explained({ contender }: Job, server: Pick<Server, "refusal">, error: unknown) {
  const refusal = await server.refusal();
  if (refusal === null) return error;
  return new Error(`${contender} did not ask what was recorded: ${refusal}.`, { cause: error });
}

async function unlessInterrupted<R>(work: () => Promise<R>): Promise<R> {
  const { happened, release } = interruption();
  const interrupted = happened.then(() => {
    throw new Error("The benchmark was interrupted.");
  });
  return Promise.race([work(), interrupted]).finally(release);
}
