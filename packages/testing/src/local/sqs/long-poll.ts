// Long polling: a receive that finds nothing waits for a first message, its time, or its client's going.
import type { Input } from "./input.ts";
import { waitTime } from "./questions.ts";
import type { ReceiveReply } from "./receive.ts";
import { run, type Shell } from "./shell.ts";
import { watch } from "./watchers.ts";

/**
 * The messages, as soon as there are some; none after the WaitTimeSeconds of the request or else of the queue.
 * Rejects with AwsError.
 */
export async function longPoll(shell: Shell, input: Input, gone: AbortSignal): Promise<ReceiveReply> {
  const { clock, state } = shell;
  const deadline = clock.now() + waitTime(state, input, clock.now());
  while (!gone.aborted) {
    const reply = run(shell, "ReceiveMessage", input);
    if (reply.Messages || clock.now() >= deadline) return reply;
    await news(shell, String(input.QueueUrl), deadline, gone);
  }
  return {};
}

function news({ clock, watchers }: Shell, queueUrl: string, deadline: number, gone: AbortSignal) {
  return new Promise<void>((resolve) => {
    const end = () => {
      stop();
      cancel();
      gone.removeEventListener("abort", end);
      resolve();
    };
    const stop = watch(watchers, queueUrl, end);
    const cancel = clock.after(deadline - clock.now(), end);
    gone.addEventListener("abort", end);
  });
}
