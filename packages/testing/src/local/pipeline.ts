// The whole way of an event on one machine: bus, lane rules, queue, worker and table.
import type { Mode } from "@stripe-lanes/core/mode";
import { type AwsFaults, type LocalAws, startAws } from "./aws.ts";
import { localClock, type MovableClock } from "./clock.ts";
import { type Deployed, deploy } from "./deploy.ts";
import { type Dropped, isWaiting, type Unsure } from "./eventbridge/state.ts";
import type { Service } from "./http.ts";
import { type EventSourceMapping, type MappingOptions, startEventSourceMapping } from "./lambda/mapping.ts";
import { type Runtime, type RuntimeOptions, startRuntime } from "./lambda/runtime.ts";
import { type Outcomes, type OutcomesOptions, outcomes } from "./outcomes.ts";
import { depth, nextVisibleAt } from "./sqs/questions.ts";

/** Seconds. Under the 16 after which `sst dev` answers success for a function that is not there (D19). */
const TIMEOUT = 15;

/** Milliseconds between looks at whether everything is settled. */
const LOOK = 5;

/** An environment that was killed while it started says nothing of the worker's settings. */
const ENDED_FROM_OUTSIDE = "Runtime.ExitError";

export type PipelineOptions = AwsFaults &
  Unsure & {
    /** The worker: its module, or a function in this process for a debugger. */
    handler: RuntimeOptions["handler"];
    /** 16 by default, besides the lane for the rest. */
    lanes?: number;
    /** Whose events are taken; `test` by default. */
    mode?: Mode;
    /** Workers at one time, 2 by default and at least. */
    concurrency?: number;
    /** Environments at one time, one for each worker by default; a second delivery beside the first needs its own. */
    environments?: number;
    clock?: MovableClock;
    ports?: Partial<Record<Service, number>>;
    invocationFault?: MappingOptions["invocationFault"];
    isolation?: RuntimeOptions["isolation"];
    /** Further settings for the worker's environment. */
    env?: Record<string, string>;
    /** Told each outcome when it is counted, and each try that came to no end. */
    onOutcome?: OutcomesOptions["onOutcome"];
    /** Told the body of each delivery that the queue swallows as a copy. */
    onSwallowed?(body: string): void;
    /** Told each event that EventBridge drops without a word. */
    onDropped?(dropped: Dropped): void;
    /** Lines of the worker that tell no outcome. */
    onLog?(line: string): void;
  };

export type Pipeline = {
  aws: LocalAws;
  deployed: Deployed;
  clock: MovableClock;
  outcomes: Outcomes;
  mapping: EventSourceMapping;
  runtime: Runtime;
  /**
   * Resolves when nothing is on its way any more. `skipWaiting` moves the clock to the next redelivery, or
   * EventBridge's next try, instead of waiting for it.
   * @throws Error with the worker's own words when it cannot start
   */
  settled(options?: { skipWaiting?: boolean }): Promise<void>;
  close(): Promise<void>;
};

/**
 * Runs when this resolves; the worker starts at the first event. Rejects when a port is taken; `close` ends all of
 * it.
 */
export async function startPipeline(options: PipelineOptions): Promise<Pipeline> {
  const { lanes = 16, clock = localClock(), ports, faults, deliveryFault, conflicts, partialReads } = options;
  const goesWrong = { faults, deliveryFault, conflicts, partialReads };
  const { missingPath, keepsEscapes, onSwallowed, onDropped } = options;
  const unsure = { missingPath, keepsEscapes };
  const aws = await startAws({
    clock,
    onSwallowed,
    onDropped,
    ...unsure,
    ...goesWrong,
    ...(ports && { ports }),
  });
  const deployed = await deploy(aws, lanes);
  const ahead = Math.max(0, clock.now() - Date.now());
  const worker = startWorker({ ...options, ahead }, aws, deployed);
  const mapping = startMapping(options, aws, deployed, worker.runtime, clock);
  return {
    aws,
    deployed,
    clock,
    outcomes: worker.outcomes,
    mapping,
    runtime: worker.runtime,
    async settled({ skipWaiting = false } = {}) {
      while (!isSettled({ aws, deployed, clock, mapping })) {
        worker.throwIfBroken();
        if (skipWaiting && isWaiting(aws.events.state) && mapping.idle()) advanceToNext(aws, mapping, clock);
        await new Promise((resolve) => setTimeout(resolve, LOOK));
      }
    },
    async close() {
      await mapping.stop();
      await worker.runtime.stop();
      await aws.close();
    },
  };
}

function startWorker(options: PipelineOptions & { ahead: number }, aws: LocalAws, deployed: Deployed) {
  const read = outcomes(options.onOutcome && { onOutcome: options.onOutcome });
  let broken: Error | undefined;
  const runtime = startRuntime({
    handler: options.handler,
    functionName: "worker",
    timeout: TIMEOUT,
    clockAhead: options.ahead,
    maxEnvironments: options.environments ?? options.concurrency ?? 2,
    ...(options.isolation && { isolation: options.isolation }),
    env: { ...aws.env, ...workerEnv(options, deployed), ...options.env },
    onLog: (line) => read.read(line) || options.onLog?.(line),
    onInitError: (error) => {
      if (error.errorType !== ENDED_FROM_OUTSIDE) broken = error;
    },
  });
  const throwIfBroken = () => {
    if (broken) throw broken;
  };
  return { runtime, outcomes: read, throwIfBroken };
}

function workerEnv({ mode = "test" }: PipelineOptions, { table, queueUrl, parkedUrl }: Deployed) {
  return { MODE: mode, TABLE_NAME: table, QUEUE_URL: queueUrl, PARKED_QUEUE_URL: parkedUrl };
}

function startMapping(
  { concurrency = 2, invocationFault }: PipelineOptions,
  { sqs }: LocalAws,
  { queueUrl, queueArn }: Deployed,
  runtime: Runtime,
  clock: MovableClock,
): EventSourceMapping {
  return startEventSourceMapping({
    sqs: { ...sqs, nextVisibleAt: (url) => nextVisibleAt(sqs.state, url, clock.now()) },
    queueUrl,
    queueArn,
    runtime,
    clock,
    maximumConcurrency: concurrency,
    reportBatchItemFailures: true,
    ...(invocationFault && { invocationFault }),
  });
}

function isSettled({
  aws,
  deployed,
  clock,
  mapping,
}: Pick<Pipeline, "aws" | "deployed" | "clock" | "mapping">) {
  const { visible, inFlight, delayed } = depth(aws.sqs.state, deployed.queueUrl, clock.now());
  return visible + inFlight + delayed === 0 && aws.events.idle() && mapping.idle();
}

/** Only what waits is skipped: for an invocation that runs, its messages' visibility would end. */
function advanceToNext({ events }: LocalAws, mapping: EventSourceMapping, clock: MovableClock): void {
  const next = Math.min(mapping.nextWakeAt() ?? Number.POSITIVE_INFINITY, events.state.wakeAt);
  if (Number.isFinite(next) && next > clock.now()) clock.advance(next - clock.now());
}
