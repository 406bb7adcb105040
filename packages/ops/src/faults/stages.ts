// What comes once, at its place in the feed: an outage, a replay, a redrive.
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import type { FaultCounts } from "./catalogue.ts";
import { redriveParked, replayArchive, someParked, startArchive } from "./operators.ts";
import type { Outage } from "./outage.ts";

export type StageOptions = {
  pipeline: Pipeline;
  outage: Outage;
  counts: FaultCounts;
  /** Ends a redrive between two messages. */
  signal: AbortSignal;
};

export type Stages = {
  /** Begins what has its place up to this share of the feed, each once. */
  reach(share: number): Promise<void>;
  /** Resolves when all that was begun has ended; a redrive that found nothing parked waits no more. */
  over(): Promise<void>;
};

type Stage = { at: number; begin(): Promise<void> };

export function stagesOf(options: StageOptions): Stages {
  const ending = Promise.withResolvers<void>();
  const running: Promise<void>[] = [];
  const ahead: Stage[] = [
    { at: 1 / 4, begin: () => goDown(options) },
    { at: 1 / 2, begin: () => replay(options) },
    { at: 3 / 4, begin: async () => void running.push(redriveSoon(options, ending.promise)) },
  ];
  return {
    async reach(share) {
      while (ahead[0] !== undefined && ahead[0].at <= share) await ahead.shift()?.begin();
    },
    async over() {
      ending.resolve();
      await Promise.all(running);
    },
  };
}

/** What is archived before the outage is forgotten by the queue after it: its replay is the ledger's to tell. */
async function goDown({ pipeline, outage, counts }: StageOptions): Promise<void> {
  await startArchive(pipeline);
  outage.begin();
  counts.outage += 1;
}

async function replay({ pipeline, counts }: StageOptions): Promise<void> {
  if (await replayArchive(pipeline)) counts.replay += 1;
}

/** The feed goes on beside it. */
async function redriveSoon({ pipeline, counts, signal }: StageOptions, ending: Promise<void>): Promise<void> {
  await Promise.race([someParked(pipeline), ending]);
  if ((await redriveParked(pipeline, signal)) > 0) counts.redrive += 1;
}
