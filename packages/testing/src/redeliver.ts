// The queue's side of a batch, without the queue: what is not acknowledged comes again.
import { handleBatch, type Result } from "@stripe-lanes/core/batch";
import type { Message } from "@stripe-lanes/core/ports";
import { messageOf } from "./events.ts";
import { TEST_OPTIONS, type TestPorts } from "./ports.ts";

/** One batch in a process that may end in the middle of it: null where nothing was heard of it again. */
export async function handle(messages: Message[], ports: TestPorts): Promise<Result[] | null> {
  const results = handleBatch(messages, ports, TEST_OPTIONS);
  return Promise.race([results, ports.crashed.then(() => null)]);
}

/** A message as it comes the next time. */
export function again(message: Message): Message {
  return { ...message, receives: message.receives + 1 };
}

/** Far more than any test needs: a message that never settles is found, and does not hang. */
const MOST_BATCHES = 1_000;

/**
 * Delivers messages, in batches of at most `size()`, as often as it takes.
 * @returns how each of them ended, in that order.
 * @throws Error when they do not come to an end.
 */
export async function deliverAll(
  messages: Message[],
  process: () => TestPorts,
  size: () => number = () => 10,
): Promise<Result[]> {
  const ended: Result[] = [];
  let waiting = messages;
  for (let batches = 0; waiting.length > 0; batches++) {
    if (batches === MOST_BATCHES)
      throw new Error(`After ${batches} batches ${waiting.length} messages wait.`);
    const batch = waiting.slice(0, size());
    const results = await handle(batch, process());
    ended.push(...(results ?? []).filter(({ kind }) => kind === "settled"));
    waiting = [...waiting.slice(batch.length), ...(results?.flatMap(comesBack) ?? batch.map(again))];
  }
  return ended;
}

function comesBack(result: Result): Message[] {
  if (result.kind === "settled") return [];
  if (result.kind === "retry") return [again(result.message)];
  const { body, lane, attempts, receives } = result.message;
  return [messageOf(body, { group: result.group, lane, attempts: attempts + receives })];
}
