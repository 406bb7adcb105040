// The whole Stripe object, kept beside the state that was made of it where a stage wants that (D13).
import type { JsonObject } from "./json.ts";
import type { Remembered, State } from "./order.ts";

/** As Stripe sent it, and packed from when it is first written down: nothing that decides looks inside. */
export type Raw = JsonObject | Uint8Array;

/** What was written down beside a packed object, and will be there when it is unpacked. */
export type Beside = {
  row: string;
  part: string;
  state: State;
};

export type Pack = (object: JsonObject, beside: Beside) => Uint8Array;

/** Null for what was not packed beside this, or by a later version of this program. */
export type Unpack = (packed: Uint8Array, beside: Beside) => JsonObject | null;

/** Of those that left the same state only the last can stand: no other's object is ever shown. */
export function withRawOnce(remembered: Remembered[], leftBy: (known: Remembered) => string): Remembered[] {
  const holding = remembered.filter(({ raw }) => raw);
  if (holding.length < 2) return remembered;
  const last = new Map(holding.map((known) => [leftBy(known), known]));
  return remembered.map((known) => (last.get(leftBy(known)) === known ? known : withoutRaw(known)));
}

export function withoutRaw({ raw: _, ...remembered }: Remembered): Remembered {
  return remembered;
}
