// ReceiveRequestAttemptId: a receive whose answer got lost can be asked again with the same id.
import { recall, remember } from "./memory.ts";
import type { Delivery, Place, Queue } from "./state.ts";

/** Keeps what a receive handed out for five minutes, unless it named no attempt ("ReceiveMessage"). */
export function rememberAttempt(
  queue: Queue,
  attemptId: string | undefined,
  deliveries: Delivery[],
  now: number,
): void {
  if (attemptId !== undefined) remember(queue.attempts, attemptId, deliveries, now);
}

/** The attempt's messages while all are in flight as it left them: none deleted, none given another visibility. */
export function recallAttempt(queue: Queue, attemptId: string | undefined, now: number): Place[] | undefined {
  if (attemptId === undefined) return undefined;
  const deliveries = recall(queue.attempts, attemptId, now);
  if (!deliveries?.every((delivery) => isUntouched(queue, delivery))) return undefined;
  return deliveries.map(({ place }) => place);
}

function isUntouched(queue: Queue, { place, receiptHandle, visibleAt }: Delivery): boolean {
  return (
    queue.messages.get(place.message.id) === place &&
    place.receiptHandle === receiptHandle &&
    place.hiding?.at === visibleAt
  );
}
