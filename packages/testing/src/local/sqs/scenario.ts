// The machine in a test's hands: its own time, and queues that speak in bodies.
import type { Input } from "./input.ts";
import { type Reply, sqs } from "./machine.ts";
import { advance } from "./move-run.ts";
import type { ReceivedMessage } from "./present.ts";
import { createSqsState, type Effect, queueArn, type SqsState } from "./state.ts";

export type Scenario = {
  state: SqsState;
  now: number;
  /** Of the last command. */
  effects: Effect[];
};

/** A machine without queues, at a time that is the same in every run. */
export function scenario(): Scenario {
  return { state: createSqsState(), now: 1_700_000_000_000, effects: [] };
}

/** The reply; the effects of the command replace those of the last one. Throws AwsError. */
export function run<O extends string>(scenario: Scenario, operation: O, input: Input = {}): Reply<O> {
  const { reply, effects } = sqs(scenario.state, { operation, input }, scenario.now);
  scenario.effects = effects;
  return reply;
}

/** Moves the time alone; what comes due takes place at the next command. */
export function pass(scenario: Scenario, seconds: number): void {
  scenario.now += 1000 * seconds;
}

/** Lets time pass as a shell does, running the move tasks' work at every wake. */
export function runMoves(scenario: Scenario, seconds: number): void {
  pass(scenario, seconds);
  scenario.effects = advance(scenario.state, scenario.now);
}

/** Of an operation that must be refused: the name of the exception and its message. */
export function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return String(error);
  }
  throw new Error("It was not refused.");
}

/** A queue with content-based deduplication; `attributes` may change that. */
export function fifoQueue(scenario: Scenario, name = "lanes.fifo", attributes: Record<string, string> = {}) {
  return queue(scenario, name, { FifoQueue: "true", ContentBasedDeduplication: "true", ...attributes });
}

/** A queue and what tests do with it; `hide` takes seconds. */
export function queue(scenario: Scenario, name = "events", attributes: Record<string, string> = {}) {
  const url = run(scenario, "CreateQueue", { QueueName: name, Attributes: attributes }).QueueUrl;
  const on = <O extends string>(operation: O, input: Input = {}) =>
    run(scenario, operation, { QueueUrl: url, ...input });
  const receive = (most = 10, input: Input = {}) =>
    on("ReceiveMessage", { MaxNumberOfMessages: most, MessageSystemAttributeNames: ["All"], ...input })
      .Messages ?? [];
  return {
    url,
    arn: queueArn(name),
    on,
    send: (body: string, group?: string, input: Input = {}) =>
      on("SendMessage", { MessageBody: body, ...(group && { MessageGroupId: group }), ...input }),
    receive,
    bodies: (most = 10, input: Input = {}) => receive(most, input).map(({ Body }) => Body),
    remove: ({ ReceiptHandle }: ReceivedMessage) => on("DeleteMessage", { ReceiptHandle }),
    hide: ({ ReceiptHandle }: ReceivedMessage, VisibilityTimeout: number) =>
      on("ChangeMessageVisibility", { ReceiptHandle, VisibilityTimeout }),
  };
}

export type TestQueue = ReturnType<typeof queue>;

/** The one message of a receive that must get exactly one. */
export function only(messages: ReceivedMessage[]): ReceivedMessage {
  const [message, ...others] = messages;
  if (!message || others.length > 0) throw new Error(`Expected one message, got ${messages.length}.`);
  return message;
}
