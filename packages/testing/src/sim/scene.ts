// All that takes part in a history, put together on one clock.
import type { BatchOptions, Result } from "@stripe-lanes/core/batch";
import { Unavailable } from "@stripe-lanes/core/errors";
import { killed } from "../local/lambda/errors.ts";
import { type EventSourceMapping, startEventSourceMapping } from "../local/lambda/mapping.ts";
import type { Input } from "../local/sqs/input.ts";
import { type Checks, checks } from "./checks.ts";
import { type Cloud, cloudOf } from "./cloud.ts";
import { innocence } from "./innocence.ts";
import { type BadInputs, badInputs } from "./inputs.ts";
import { type StripeKey, stripeKeyOf } from "./key.ts";
import { type Neighbours, neighboursOf } from "./neighbours.ts";
import { type Operators, operatorsOf } from "./operators.ts";
import type { Plan } from "./plan.ts";
import { type Source, sourceOf, type stripeOf } from "./source.ts";
import { type Table, tableOf } from "./table.ts";
import { simulatedLambda, type WorkerOptions } from "./worker.ts";
import { TENANT, type World } from "./world.ts";

const DAY = 24 * 60 * 60_000;

export type Scene = {
  world: World;
  cloud: Cloud;
  table: Table;
  source: Source;
  inputs: BadInputs;
  key: StripeKey;
  operators: Operators;
  neighbours: Neighbours;
  checks: Checks;
  counts: { duplicates: number; batches: number };
  mapping: EventSourceMapping;
};

/** @param stripe of which `unfolding` has not begun */
export async function sceneOf(world: World, stripe: ReturnType<typeof stripeOf>): Promise<Scene> {
  const parts = await partsOf(world, stripe);
  return { ...parts, mapping: startWorker(parts) };
}

type Parts = Omit<Scene, "mapping">;

async function partsOf(world: World, stripe: ReturnType<typeof stripeOf>): Promise<Parts> {
  const watching = checks();
  const inputs = badInputs(world);
  const neighbours = neighboursOf(world, watching);
  const cloud = await cloudOf(world, neighbours.sent);
  const table = tableOf(world, {
    refuse(keys) {
      if (inputs.isUnwritable(keys)) throw new Unavailable("The rows of this customer cannot be written.");
    },
    committed: (changes, before) => watching.committed(changes, before, Math.floor(world.clock.now() / 1000)),
  });
  const key = stripeKeyOf(world);
  const source = sourceOf(world, stripe, { put: cloud.put, inputs, key });
  const { events, resend } = source;
  const operators = operatorsOf({ world, cloud, table, inputs, key, events, resend });
  const counts = { duplicates: 0, batches: 0 };
  return { world, cloud, table, source, inputs, key, operators, neighbours, checks: watching, counts };
}

function startWorker(scene: Parts): EventSourceMapping {
  const { world, cloud, table, source, inputs, neighbours } = scene;
  const { plan, clock } = world;
  const runtime = simulatedLambda({
    world,
    cloud,
    store: table.store,
    stripe: plan.hasKey ? source.api : undefined,
    options: optionsOf(plan),
    code: codeOf(scene),
    listener: {
      ...innocence(world, [inputs, scene.key], scene.checks),
      handled(results) {
        neighbours.handled(results);
        scene.counts.batches += 1;
        scene.counts.duplicates += results.filter(isDuplicate).length;
      },
    },
  });
  return startEventSourceMapping({
    sqs: { ...cloud.sqs, command: (operation, input) => polled(scene, operation, input as Input) },
    queueUrl: cloud.queueUrl,
    queueArn: cloud.queueArn,
    runtime,
    clock,
    maximumConcurrency: plan.concurrency,
    reportBatchItemFailures: true,
    soon: (run) => void clock.after(1, run),
  });
}

function isDuplicate(result: Result): boolean {
  return result.kind === "settled" && result.outcome === "duplicate";
}

function optionsOf(plan: Plan): BatchOptions {
  return { tenant: TENANT, mode: "test", ledgerSeconds: (plan.ledgerDays * DAY) / 1000, reserve: 7_000 };
}

function codeOf({ inputs, operators }: Parts): WorkerOptions["code"] {
  return (process) => {
    const release = operators.releaseOf();
    return (key) => {
      const effect = inputs.effectOf(key, release);
      if (effect === "kills") process.die(killed());
      if (effect) throw new TypeError("The code that is deployed has a flaw.");
    };
  };
}

/** What Lambda's poller asks of the queue. */
async function polled({ world, cloud }: Parts, operation: string, input: Input): Promise<object> {
  if (operation === "GetQueueAttributes") return cloud.sqs.command(operation, input);
  await world.clock.sleep(5);
  const fault = operation === "ReceiveMessage" ? "receive-failed" : "delete-lost";
  if (world.chance.strikes(fault)) throw new Unavailable("SQS answers 503.");
  return cloud.sqs.command(operation, input);
}
