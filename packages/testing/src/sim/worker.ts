// Lambda and the worker in it: core's own handling of a batch, in a process that may be slow, stall or die.
import { type BatchOptions, handleBatch, type Result } from "@stripe-lanes/core/batch";
import type { Key } from "@stripe-lanes/core/keys";
import { messageOf } from "@stripe-lanes/core/message";
import type { Message, Ports, Stripe } from "@stripe-lanes/core/ports";
import type { Store } from "@stripe-lanes/core/store";
import type { SQSBatchResponse, SQSRecord } from "aws-lambda";
import { FunctionError, killed, Throttled, timedOut } from "../local/lambda/errors.ts";
import type { Runtime } from "../local/lambda/runtime.ts";
import type { Cloud } from "./cloud.ts";
import { type Pace, paceOf } from "./pace.ts";
import { type QueueListener, queueOn } from "./queue.ts";
import { travel, type World } from "./world.ts";

/** Milliseconds after which Lambda ends an invocation. */
const TIMEOUT = 15_000;
/** Milliseconds within which an ordinary batch is done: kills fall into them. */
const ORDINARY = 80;

/** One invocation's process. What it asked for still happens when it is dead; it only never hears of it. */
export type Process = { isAlive: boolean; die(error: Error): void };

export type WorkerListener = QueueListener & {
  handled(results: Result[]): void;
  /** It was killed, or has stalled until others think so. */
  vanished(process: Process): void;
  /** A note in a ledger row that its event starts alone is on its way. */
  noted(process: Process, ledgerKey: Key): void;
  /** It was taken back. */
  withdrew(process: Process, ledgerKey: Key): void;
};

export type WorkerOptions = {
  world: World;
  cloud: Cloud;
  store: Store;
  stripe: Stripe | undefined;
  listener: WorkerListener;
  /** The code that a process runs, as far as it fails: given each key it reads, it throws or kills the process. */
  code(process: Process): (key: Key) => void;
  options: BatchOptions;
};

export function simulatedLambda(worker: WorkerOptions): Pick<Runtime, "invoke" | "environments"> {
  return {
    environments: () => [],
    invoke: (event) => invoke(worker, (event as { Records: SQSRecord[] }).Records),
  };
}

async function invoke(worker: WorkerOptions, records: SQSRecord[]): Promise<SQSBatchResponse> {
  const { world } = worker;
  await travel(world, 5);
  if (world.chance.strikes("throttled")) throw new Throttled("Injected.");
  if (world.chance.strikes("killed-before")) throw killed();
  const answer = await running(worker, records);
  if (!world.chance.strikes("killed-after")) return answer;
  await travel(world, 50);
  throw killed();
}

/** Until the worker answers, or its process ends. */
function running(worker: WorkerOptions, records: SQSRecord[]): Promise<SQSBatchResponse> {
  const { world, listener } = worker;
  const { clock, chance } = world;
  return new Promise((resolve, reject) => {
    const process: Process = {
      isAlive: true,
      die(error) {
        if (!process.isAlive) return;
        process.isAlive = false;
        world.tell(`process ended: ${error.message}`);
        listener.vanished(process);
        reject(error);
      },
    };
    const pace = paceOf(world, () => listener.vanished(process));
    const deadline = clock.now() + TIMEOUT;
    const cancel = pace.stalls
      ? () => {}
      : clock.after(TIMEOUT, () => process.die(timedOut({ timeout: TIMEOUT })));
    if (chance.strikes("killed-within"))
      clock.after(chance.of("kill").integer(ORDINARY), () => process.die(killed()));
    handle(worker, process, records, { pace, deadline }).then(
      (answer) => {
        cancel();
        if (process.isAlive) resolve(answer);
        process.isAlive = false;
      },
      (error) => process.die(new FunctionError("Error", String(error), { cause: error })),
    );
  });
}

type Run = { pace: Pace; deadline: number };

async function handle(
  worker: WorkerOptions,
  process: Process,
  records: SQSRecord[],
  run: Run,
): Promise<SQSBatchResponse> {
  const { world, options, listener } = worker;
  const messages = records.map(messageOf);
  world.tell(`invoked with ${messages.map(({ id, receives }) => `${id.slice(-6)}/${receives}`).join(" ")}`);
  const results = await handleBatch(messages, portsOf(worker, process, records, run), options);
  if (!process.isAlive) return { batchItemFailures: [] };
  for (const result of results) world.tell(told(result));
  listener.handled(results);
  const failed = results.filter(({ kind }) => kind === "retry");
  return { batchItemFailures: failed.map(({ message }) => ({ itemIdentifier: message.id })) };
}

function told(result: Result): string {
  const about = `${result.message.id.slice(-6)} ${result.event?.id ?? "no event"}`;
  if (result.kind === "settled") return `${about} ${result.outcome} ${result.reason}`;
  return `${about} ${result.kind} ${result.error.message}`;
}

function portsOf(worker: WorkerOptions, process: Process, records: SQSRecord[], run: Run): Ports {
  const { world, cloud, listener } = worker;
  const { clock, chance } = world;
  const handles = new Map(records.map(({ messageId, receiptHandle }) => [messageId, receiptHandle]));
  const queue = queueOn(world, cloud, handles, listener);
  const heard = hearing(process, run.pace);
  return {
    store: heardStore(worker, process, heard),
    queue: {
      park: (message: Message, note) => heard(() => queue.park(message, note)),
      moveTo: (group, messages, attempts) => heard(() => queue.moveTo(group, messages, attempts)),
      hide: (messages, seconds) => heard(() => queue.hide(messages, seconds)),
    },
    stripe: worker.stripe && {
      fetch: (request) => heard(async () => (worker.stripe as Stripe).fetch(request)),
    },
    now: clock.now,
    random: chance.of("worker").next,
    sleep: (milliseconds) => heard(() => clock.sleep(milliseconds)),
    remaining: () => run.deadline - clock.now(),
  };
}

type Heard = <T>(request: () => Promise<T>) => Promise<T>;

/** A dead process asks for nothing, and hears of nothing that it asked for. */
function hearing(process: Process, { before }: Pace): Heard {
  return (request) =>
    new Promise((resolve, reject) => {
      const whileAlive =
        <A>(go: (answer: A) => void) =>
        (answer: A) => {
          if (process.isAlive) go(answer);
        };
      before().then(whileAlive(() => request().then(whileAlive(resolve), whileAlive(reject))));
    });
}

function heardStore(worker: WorkerOptions, process: Process, heard: Heard): Store {
  const { store, listener } = worker;
  const readByCode = worker.code(process);
  return {
    ...store,
    load: (keys, options) =>
      heard(async () => {
        const loaded = await store.load(keys, options);
        // A ledger row alone is read before a note, and not to decide.
        if (keys.length > 1) for (const key of keys) readByCode(key);
        return loaded;
      }),
    commit: (changes, now) => heard(() => store.commit(changes, now)),
    note(entry, start, now) {
      listener.noted(process, entry.key);
      return heard(() => store.note(entry, start, now));
    },
    async withdraw(key, start, now) {
      await heard(() => store.withdraw(key, start, now));
      listener.withdrew(process, key);
    },
    probe: (now) => heard(() => store.probe(now)),
    rowsBy: (index, pk, page) => heard(() => store.rowsBy(index, pk, page)),
  };
}
