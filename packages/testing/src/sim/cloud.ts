// EventBridge and SQS as the local AWS has them, on the simulation's clock: the same machines, without HTTP.
import { deliverTo } from "../local/aws.ts";
import {
  BUS,
  createQueues,
  createRules,
  deleteRules,
  LANES,
  type Messaging,
  PARKED,
} from "../local/deploy.ts";
import { isInApi } from "../local/eventbridge/machine.ts";
import { createShell as createBus, run as runBus } from "../local/eventbridge/shell.ts";
import { isIdle } from "../local/eventbridge/state.ts";
import { AwsError } from "../local/http.ts";
import type { Reply } from "../local/sqs/machine.ts";
import { depth, nextVisibleAt, swallowedSends } from "../local/sqs/questions.ts";
import { createShell, run } from "../local/sqs/shell.ts";
import { queueArn, queueUrl } from "../local/sqs/state.ts";
import { watch } from "../local/sqs/watchers.ts";
import { travel, type World } from "./world.ts";

/** Milliseconds of a way within EventBridge, and to SQS. */
const ROUTING = 200;
const WAY = 10;
const MINUTE = 60_000;

export type Cloud = Messaging & {
  queueUrl: string;
  queueArn: string;
  parkedUrl: string;
  parkedArn: string;
  sqs: Messaging["sqs"] & {
    onMessages(queueUrl: string, listener: () => void): () => void;
    nextVisibleAt(queueUrl: string): number | undefined;
  };
  /** Puts events on the bus, as Stripe's partner source does. */
  put(details: readonly object[]): void;
  changeLanes(lanes: number): Promise<void>;
  lanes(): number;
  /** Messages in the lanes and their retry groups, hidden ones included. */
  waiting(): number;
  parked(): number;
  /** How many copies the queue swallowed. */
  swallowed(): number;
  isIdle(): boolean;
};

type Sent = (message: string, lane: string) => void;

/** @param sent told the id of every message that enters a lane */
export async function cloudOf(world: World, sent: Sent): Promise<Cloud> {
  const { clock, plan } = world;
  const sqs = sqsOn(world);
  const bus = createBus({ clock, deliver: badly(world, deliverTo(sqs), sent) });
  const events: Messaging["events"] = {
    async command(operation, input) {
      if (!isInApi(operation)) throw new AwsError("UnknownOperationException", operation);
      return runBus(bus, operation, input);
    },
  };
  const [url, parkedUrl] = await createQueues({ sqs }, plan.mostReceives);
  await events.command("CreateEventBus", { Name: BUS, EventSourceName: BUS });
  await createRules({ events, sqs }, plan.lanes);
  let lanes: number = plan.lanes;
  const countIn = (queue: string) => {
    const { visible, inFlight, delayed } = depth(sqs.state, queue, clock.now());
    return visible + inFlight + delayed;
  };
  return {
    events,
    sqs,
    queueUrl: url,
    queueArn: queueArn(LANES),
    parkedUrl,
    parkedArn: queueArn(PARKED),
    put(details) {
      const Entries = details.map((detail) => ({
        EventBusName: BUS,
        Source: BUS,
        DetailType: "event",
        Detail: JSON.stringify(detail),
      }));
      runBus(bus, "PutEvents", { Entries });
    },
    lanes: () => lanes,
    async changeLanes(wanted) {
      await createRules({ events, sqs }, wanted);
      await clock.sleep(MINUTE);
      await deleteRules({ events, sqs }, lanes);
      lanes = wanted;
    },
    waiting: () => countIn(url),
    parked: () => countIn(parkedUrl),
    swallowed: () => swallowedSends(sqs.state, url),
    isIdle: () => isIdle(bus.state),
  };
}

function sqsOn({ clock }: World) {
  const shell = createShell(clock);
  const { state, watchers } = shell;
  return {
    state,
    command: async <O extends string>(operation: O, input: object): Promise<Reply<O>> =>
      run(shell, operation, input as Record<string, unknown>),
    onMessages: (url: string, listener: () => void) => watch(watchers, url, listener),
    nextVisibleAt: (url: string) => nextVisibleAt(state, url, clock.now()),
    queueUrl: (name: string) => queueUrl(state, name),
    queueArn,
  };
}

type Deliver = ReturnType<typeof deliverTo>;

/** What a rule does with its target: late, twice, or not at once. */
function badly(world: World, deliver: Deliver, sent: Sent): Deliver {
  const { clock, chance } = world;
  const send: Deliver = async (...delivery) => {
    await travel(world, WAY);
    const { MessageId } = (await deliver(...delivery)) as { MessageId: string };
    world.tell(`sent to ${delivery[2].messageGroupId} as ${MessageId.slice(-6)}`);
    sent(MessageId, delivery[2].messageGroupId ?? "");
  };
  return async (...delivery) => {
    await travel(world, ROUTING);
    if (chance.strikes("target-failed")) throw new AwsError("ThrottlingException", "Injected.");
    if (chance.strikes("rule-delayed")) await clock.sleep(chance.of("delay").integer(10 * MINUTE));
    if (chance.strikes("rule-fires-twice")) {
      clock.after(chance.of("twice").integer(10 * MINUTE), () => void send(...delivery));
    }
    return send(...delivery);
  };
}
