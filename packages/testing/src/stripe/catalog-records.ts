// What the simulated Stripe knows of what is sold; invoices, subscriptions and what surrounds them name it.
import type { Base } from "./base-record.ts";
import type { Interval } from "./calendar.ts";
import type { Metadata } from "./metadata.ts";

export type Feature = { readonly id: string; readonly lookupKey: string };

export type Product = Base<"product"> & {
  readonly name: string;
  readonly description: string | null;
  readonly active: boolean;
  readonly metadata: Metadata;
  readonly updated: number;
  /** What its buyers are entitled to while they pay for it. */
  readonly features: readonly Feature[];
  readonly deleted: boolean;
};

export type Price = Base<"price"> & {
  readonly product: string;
  readonly currency: string;
  readonly unitAmount: number;
  /** Null for what is sold once. */
  readonly interval: Interval | null;
  readonly nickname: string | null;
  readonly active: boolean;
  readonly metadata: Metadata;
  readonly deleted: boolean;
};

/** The older form of a recurring price, with the price's own id. */
export type Plan = Base<"plan"> & { readonly price: Price; readonly deleted: boolean };

export type CatalogRecord = Product | Price | Plan;
