// How every operation on a queue begins: find it, and let what time alone has changed take place.
import { settle } from "./groups.ts";
import { type Input, text } from "./input.ts";
import { queueDoesNotExist } from "./refusals.ts";
import { findQueue, type Queue, type Turn } from "./state.ts";

/** The queue of a request as of now. Throws QueueDoesNotExist. */
export function openQueue({ state, now }: Turn, input: Input): Queue {
  const queue = findQueue(state, text(input, "QueueUrl"));
  if (!queue) throw queueDoesNotExist();
  settle(queue, now);
  return queue;
}
