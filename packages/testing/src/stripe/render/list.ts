// What the renderings share: the version they are for, and Stripe's lists, of which an object embeds ten.
import type { Shape } from "../differences.ts";

/** What a rendering depends on besides the record. */
export type View = { shape: Shape; options: ViewOptions };

type ViewOptions = {
  livemode: boolean;
  currency: string;
  settlement: { rate: number } | null;
  accountsAsCustomers: boolean;
};

const MOST_EMBEDDED = 10;

export function list<T, R>(items: readonly T[], url: string, rendered: (item: T) => R) {
  return {
    object: "list",
    data: items.slice(0, MOST_EMBEDDED).map(rendered),
    has_more: items.length > MOST_EMBEDDED,
    total_count: items.length,
    url,
  };
}

export function noAddress() {
  return { city: null, country: null, line1: null, line2: null, postal_code: null, state: null };
}
