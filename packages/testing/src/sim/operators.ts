// People and their tools at work beside the traffic: deployments, redrives, replays, sweeps, and outages to live through.

import { BUS } from "../local/deploy.ts";
import { archiveArn, busArn } from "../local/eventbridge/arn.ts";
import type { StripeEvent } from "../stripe/event.ts";
import type { Cloud } from "./cloud.ts";
import type { FaultName } from "./faults.ts";
import type { BadInputs } from "./inputs.ts";
import type { StripeKey } from "./key.ts";
import type { Table } from "./table.ts";
import type { World } from "./world.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How often, in a history, somebody may begin something. */
const ROUNDS = 12;
/** Milliseconds between two looks at the dead-letter queue. */
const ON_CALL = 5 * DAY;
/** Events that one sweep brings at the most. */
const MOST_SWEPT = 200;
const ARCHIVE = "everything";

export type Operators = {
  begin(): Promise<void>;
  /** Sends what is parked back to the lanes, once. */
  redrive(): Promise<void>;
  /** The release that a process begins with: while a deployment is under way, the old one or the new. */
  releaseOf(): number;
};

type Scene = {
  world: World;
  cloud: Cloud;
  table: Table;
  inputs: BadInputs;
  key: StripeKey;
  events: readonly StripeEvent[];
  resend(events: readonly StripeEvent[]): void;
  deployedAt: number;
  replays: number;
};

export function operatorsOf(about: Omit<Scene, "deployedAt" | "replays">): Operators {
  const scene: Scene = { ...about, deployedAt: 0, replays: 0 };
  const { world, inputs } = scene;
  return {
    async begin() {
      await createArchive(scene);
      repeat(world, (world.plan.days * DAY) / ROUNDS, () => work(scene), ROUNDS);
      // A message is gone from any queue after 14 days: whoever is on call redrives before that.
      repeat(world, ON_CALL, () => redrive(scene));
    },
    redrive: () => redrive(scene),
    releaseOf() {
      const isUnderWay = world.clock.now() - scene.deployedAt < MINUTE;
      const isOld = isUnderWay && world.chance.of("release").chance(0.5);
      return isOld ? inputs.release() - 1 : inputs.release();
    },
  };
}

/** As long as there is a storm. */
function repeat(
  world: World,
  milliseconds: number,
  run: () => Promise<void>,
  times = Number.POSITIVE_INFINITY,
): void {
  world.clock.after(milliseconds, async () => {
    if (world.chance.isCalm()) return;
    await run();
    if (times > 1) repeat(world, milliseconds, run, times - 1);
  });
}

const WORK: Partial<Record<FaultName, (scene: Scene) => void | Promise<void>>> = {
  outage,
  redrive,
  replay,
  sweep,
  deploy,
  "lanes-changed": changeLanes,
  "wrong-key": ({ key }) => key.becomes("wrong"),
  "key-forbidden": ({ key }) => key.becomes("forbidden"),
};

async function work(scene: Scene): Promise<void> {
  for (const [name, begin] of Object.entries(WORK)) {
    if (!scene.world.chance.strikes(name as FaultName)) continue;
    scene.world.tell(`${name} begins`);
    await begin(scene);
  }
}

/** Minutes, and now and then hours. Nobody waits for its end. */
function outage({ world, table }: Scene): void {
  const random = world.chance.of("outage-length");
  const length = random.chance(0.15) ? random.integer(5 * HOUR) : random.integer(20 * MINUTE);
  table.isDown = true;
  world.clock.after(length, () => {
    table.isDown = false;
    world.tell("outage ends");
  });
}

function deploy(scene: Scene): void {
  scene.inputs.fix();
  scene.deployedAt = scene.world.clock.now();
}

async function changeLanes({ world, cloud }: Scene): Promise<void> {
  const others = [2, 5, 16, 62].filter((lanes) => lanes !== cloud.lanes());
  await cloud.changeLanes(world.chance.of("lanes").pick(others));
}

function sweep({ world, events, resend }: Scene): void {
  const since = world.clock.now() / 1000 - 3 * 24 * 60 * 60;
  const recent = events.filter(({ created }) => created >= since);
  resend(world.chance.of("swept").shuffle(recent).slice(0, MOST_SWEPT));
}

async function createArchive({ world, cloud }: Scene): Promise<void> {
  if (world.plan.chances.replay === undefined) return;
  await cloud.events.command("CreateArchive", { ArchiveName: ARCHIVE, EventSourceArn: busArn(BUS) });
}

async function replay(scene: Scene): Promise<void> {
  const { world, cloud } = scene;
  const back = world.chance.of("replayed").integer(Math.min(world.plan.days, 3) * DAY);
  const from = Math.floor((world.clock.now() - back) / 1000);
  scene.replays += 1;
  await cloud.events.command("StartReplay", {
    ReplayName: `replay-${scene.replays}`,
    EventSourceArn: archiveArn(ARCHIVE),
    EventStartTime: from,
    EventEndTime: from + HOUR / 1000,
    Destination: { Arn: busArn(BUS) },
  });
}

/** A message move task, which moves no more than there are when it starts. */
async function redrive({
  world,
  cloud: { sqs, parkedArn: SourceArn, queueArn: DestinationArn },
}: Scene): Promise<void> {
  const isRunning = async () => {
    const { Results } = await sqs.command("ListMessageMoveTasks", { SourceArn, MaxResults: 1 });
    return Results.some((task) => "Status" in task && task.Status === "RUNNING");
  };
  if (await isRunning()) return;
  await sqs.command("StartMessageMoveTask", { SourceArn, DestinationArn });
  while (await isRunning()) await world.clock.sleep(1_000);
}
