// A local SQS over HTTP on 127.0.0.1 and, the same code path, in process.
import type { Clock } from "../clock.ts";
import { type Faults, serve } from "../http.ts";
import type { Input } from "./input.ts";
import { longPoll } from "./long-poll.ts";
import type { Reply } from "./machine.ts";
import { closeShell, createShell, run, type Shell } from "./shell.ts";
import { queueArn, queueUrl, type SqsState } from "./state.ts";
import { watch } from "./watchers.ts";

export type LocalSqs = {
  /** What an SQS client takes as its `endpoint`. */
  url: string;
  /** To be read with the machine's questions, and changed by commands only. */
  state: SqsState;
  /**
   * Does in process what a request does over HTTP, a ReceiveMessage's waiting included.
   * @throws AwsError for what SQS refuses
   */
  command<O extends string>(operation: O, input: Input): Promise<Reply<O>>;
  /**
   * Calls `listener` soon if the queue has something to receive, and again whenever it may have something
   * new: sent, moved, back from its visibility timeout, or no longer blocked. A call is a hint, one for any
   * number of messages: receive until nothing comes.
   */
  onMessages(queueUrl: string, listener: () => void): () => void;
  queueUrl(name: string): string;
  queueArn(name: string): string;
  /** Ends waiting receives empty-handed, and all timers. */
  close(): Promise<void>;
};

type Options = {
  clock: Clock;
  /** 0, the default, takes a free port. */
  port?: number;
  /** What goes wrong, over HTTP only. */
  faults?: Faults | undefined;
};

/** Starts an SQS without queues, whose every delay and timeout goes by `clock`. */
export async function startSqs({ clock, port = 0, faults }: Options): Promise<LocalSqs> {
  const shell = createShell(clock);
  const endpoint = await listen(shell, port, faults);
  const { state, watchers } = shell;
  state.endpoint = endpoint.url;
  return {
    url: endpoint.url,
    state,
    command: (operation, input) => command(shell, operation, input),
    onMessages: (queue, listener) => watch(watchers, queue, listener),
    queueUrl: (name) => queueUrl(state, name),
    queueArn,
    close() {
      closeShell(shell);
      return endpoint.close();
    },
  };
}

function listen(shell: Shell, port: number, faults: Faults | undefined) {
  return serve({
    service: "sqs",
    contentType: "application/x-amz-json-1.0",
    clock: shell.clock,
    port,
    faults,
    dispatch: (operation, input, gone) => command(shell, operation, input, gone),
  });
}

async function command<O extends string>(
  shell: Shell,
  operation: O,
  input: Input,
  gone: AbortSignal | undefined = undefined,
): Promise<Reply<O>> {
  if (operation !== "ReceiveMessage") return run(shell, operation, input);
  const signals = gone ? [shell.closing.signal, gone] : [shell.closing.signal];
  return (await longPoll(shell, input, AbortSignal.any(signals))) as Reply<O>;
}
