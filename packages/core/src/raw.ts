// The whole Stripe object, kept beside the state that was made of it where a stage wants that (D13).
import type { JsonObject } from "./json.ts";

/** As Stripe sent it, and packed from when it is first written down: nothing that decides looks inside. */
export type Raw = JsonObject | Uint8Array;

/** What was written down beside a packed object, and will be there when it is unpacked. */
export type Beside = {
  row: string;
  part: string;
  /** The state that was made of it. */
  state: JsonObject;
};

export type Pack = (object: JsonObject, beside: Beside) => Uint8Array;

/** Null for what was not packed beside this, or by a later version of this program. */
export type Unpack = (packed: Uint8Array, beside: Beside) => JsonObject | null;
