// What every store promises, as tests: a fake that is held to less than DynamoDB would be a lie waiting.
import type { Store } from "@stripe-lanes/core/store";
import { afterAll, beforeAll, describe } from "vitest";
import { describeConflicts } from "./contract/conflicts.ts";
import { describeCounters } from "./contract/counters.ts";
import { describeIndexes } from "./contract/indexes.ts";
import { describeLedger } from "./contract/ledger.ts";
import { describePartitions } from "./contract/partitions.ts";
import type { Place } from "./contract/place.ts";
import { describeRaws } from "./contract/raws.ts";
import { describeRows } from "./contract/rows.ts";
import { describeStates } from "./contract/states.ts";
import { describeTransactions } from "./contract/transactions.ts";

export type Opened = { store: Store; close?(): Promise<void> };

/** Runs the suite on a store, which is opened once and may hold anything of other tenants. */
export function describeStore(name: string, open: () => Promise<Opened>): void {
  describe(name, () => {
    let opened: Opened | undefined;
    let tenants = 0;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened?.close?.());
    const place = (): Place => {
      if (opened === undefined) throw new Error(`The store of "${name}" was not opened.`);
      return { store: opened.store, tenant: `contract-${tenants++}` };
    };
    for (const describePart of PARTS) describePart(place);
  });
}

const PARTS = [
  describeRows,
  describeTransactions,
  describeConflicts,
  describeLedger,
  describeCounters,
  describeStates,
  describeRaws,
  describePartitions,
  describeIndexes,
];
