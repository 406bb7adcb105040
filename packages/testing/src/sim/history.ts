// One history from its plan: a Stripe, an AWS, a worker and operators on one clock; a storm, a calm, and an end.
import { checkEnd, ended, type History } from "./ending.ts";
import type { Plan } from "./plan.ts";
import { type Scene, sceneOf } from "./scene.ts";
import { stripeOf } from "./source.ts";
import { worldOf } from "./world.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Within so many milliseconds of the last fault everything has come to its end: the longest wait is 15 minutes. */
export const DRAINED_WITHIN = 20 * MINUTE;

/** @param listener told of everything that happens, a line each */
export async function runHistory(plan: Plan, listener: (line: string) => void = () => {}): Promise<History> {
  const stripe = stripeOf(plan);
  const begun = stripe.sandbox.now * 1000;
  const world = worldOf(plan, begun, listener);
  const scene = await sceneOf(world, stripe);
  const drainedIn = await storm(scene);
  await recover(scene);
  checkEnd(scene);
  if (plan.echoes) await echo(scene);
  return { ...ended(scene), drainedIn, days: (world.clock.now() - begun) / DAY };
}

/** Everything that goes wrong does so here; gives how long it takes then until all is quiet, in milliseconds. */
async function storm(scene: Scene): Promise<number> {
  const { world, table, source, operators, checks: watching } = scene;
  const { clock, chance } = world;
  await operators.begin();
  source.begin();
  await clock.run(source.isOver);
  chance.calm();
  table.isDown = false;
  world.tell("calm");
  const since = clock.now();
  source.resend(source.undelivered());
  await clock.run(() => isQuiet(scene));
  const drainedIn = clock.now() - since;
  if (drainedIn <= DRAINED_WITHIN) return drainedIn;
  watching.violated("nobody waits for a bad customer", `The queue took ${drainedIn} ms to drain.`);
  return drainedIn;
}

/** Nothing is on its way, but for copies that EventBridge or Stripe holds back. */
function isQuiet({ source, cloud, mapping }: Scene): boolean {
  return source.isOver() && cloud.isIdle() && mapping.idle() && cloud.waiting() === 0;
}

/** The cause is removed, and what was parked is redriven. */
async function recover(scene: Scene): Promise<void> {
  const { world, cloud, inputs, operators, checks: watching } = scene;
  inputs.fix();
  let isRedriven = false;
  world.clock.after(2 * MINUTE, async () => {
    await operators.redrive();
    isRedriven = true;
  });
  await world.clock.run(() => isRedriven && isQuiet(scene));
  if (cloud.waiting() > 0)
    watching.violated("nothing is lost", `${cloud.waiting()} messages never came to an end`);
  const [parked, hopeless] = [cloud.parked(), inputs.hopeless()];
  if (parked < hopeless) {
    watching.violated(
      "nothing is lost",
      `${parked} messages are parked, and ${hopeless} could never be handled`,
    );
  }
  await world.clock.run();
}

/** Old events come back when the ledger has forgotten them. */
async function echo(scene: Scene): Promise<void> {
  const { world, source, table } = scene;
  world.tell("echoes");
  world.clock.after(100 * DAY, () => {
    table.expire();
    source.resend(world.chance.of("echoes").shuffle(source.events).slice(0, 300));
  });
  await world.clock.run();
  checkEnd(scene);
}
