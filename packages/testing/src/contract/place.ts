// Where a test of the contract runs: the suite gives it, and each part of the suite takes it.
import type { Store } from "@stripe-lanes/core/store";

/** A store, and a tenant of its own for a test: so that one store is enough for all of them. */
export type Place = { store: Store; tenant: string };
