// A product: what is sold, whatever it costs.
import { referenceId, type StripeObject } from "../event.ts";
import { flag, integer, metadata, text } from "../fields.ts";
import { REUSABLE } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";

export type ProductState = {
  name: string | null;
  description: string | null;
  /** Whether it is for sale. */
  active: boolean | null;
  defaultPrice: string | null;
  /** Seconds since the epoch. */
  created: number | null;
  metadata: Record<string, string>;
};

function project(object: StripeObject): ProductState {
  return {
    name: text(object.name),
    description: text(object.description),
    active: flag(object.active),
    defaultPrice: referenceId(object.default_price),
    created: integer(object.created),
    metadata: metadata(object.metadata),
  };
}

export const product: Noun<ProductState> = {
  name: "product",
  home: "own",
  project,
  customerOf: () => null,
  statusOf: () => null,
  lifecycleOf: () => REUSABLE,
};
