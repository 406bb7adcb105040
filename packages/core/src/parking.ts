// Parking: a message that can never be handled as it is goes to the dead-letter queue, and its ledger row says so (D8).
import { Conflict, type Defect, describeError, type Malformed, type ParkReason } from "./errors.ts";
import type { StripeEvent } from "./event.ts";
import { entryOf } from "./ledger.ts";
import type { Message, Ports } from "./ports.ts";
import type { SettleOptions } from "./settle.ts";
import { type TakeOptions, tenantOf } from "./take.ts";

export type ParkOptions = Pick<SettleOptions, "ledgerSeconds"> & Pick<TakeOptions, "tenant">;

/** A message, and the event in it where its body is one. */
type Carried = { message: Message; event?: StripeEvent };

/**
 * Into the ledger, then to the dead-letter queue; the acknowledgement comes last, so that nothing is lost (D8). The
 * other way round, every try in an outage of the table would leave one more copy in the dead-letter queue.
 */
export async function park(
  { message, event }: Carried,
  refusal: Malformed | Defect,
  ports: Ports,
  options: ParkOptions,
): Promise<void> {
  const { reason } = refusal;
  if (event) await noteParked({ message, event }, reason, ports, options);
  const about = event && { eventId: event.id, eventType: event.type };
  await ports.queue.park(message, { reason, error: describeError(refusal), ...about });
}

/** An outcome that is final stays. */
async function noteParked(
  { message, event }: Required<Carried>,
  reason: ParkReason,
  { store, now }: Ports,
  options: ParkOptions,
): Promise<void> {
  const seconds = Math.floor(now() / 1000);
  const times = { now: seconds, keep: options.ledgerSeconds };
  const entry = entryOf(tenantOf(event, options), event, message.receives, times);
  try {
    await store.commit({ rows: [], moves: [], ledger: [{ ...entry, outcome: "parked", reason }] }, seconds);
  } catch (failure) {
    if (!(failure instanceof Conflict)) throw failure;
  }
}
