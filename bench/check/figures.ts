// What no machine changes: requests and units of the pinned mix and of what the simulated Stripe tells by now, the
// bundle's bytes, and what our code allocates.
import { pack } from "@stripe-lanes/core/zstd";
import { openTable } from "@stripe-lanes/testing/open-table";
import { testPorts } from "@stripe-lanes/testing/ports";
import { batchesOf } from "../batches.ts";
import { bundleOf, WORKER } from "../bundles.ts";
import { sum } from "../statistics.ts";
import { workload } from "../workload.ts";
import { allocatedBytesPerEvent } from "./allocating.ts";
import { pinned } from "./pinned.ts";
import { settleAll } from "./settling.ts";

/** Of ours, an event of the pinned mix, in full batches of one lane. Units are DynamoDB's, requests too. */
export type Figures = Simulated & {
  requestsPerEvent: number;
  writeUnitsPerEvent: number;
  writeUnitsPerEventWithRaw: number;
  readUnitsPerEvent: number;
  /** Where each event comes alone, as on a quiet day. */
  writeUnitsPerEventAlone: number;
  readUnitsPerEventAlone: number;
  /** Of all files of the worker's bundle, minified, and of those that its start loads. */
  bundleBytes: number;
  bytesAtStart: number;
  /** By our own code, with the parsing of the bodies and the log lines, without the SDK's client. */
  allocatedBytesPerEvent: number;
};

/** The same of the simulated Stripe's events as they are by now: beside the pinned mix, since they change with it. */
type Simulated = {
  simulatedRequestsPerEvent: number;
  simulatedWriteUnitsPerEvent: number;
  simulatedReadUnitsPerEvent: number;
  simulatedWriteUnitsPerEventAlone: number;
  simulatedReadUnitsPerEventAlone: number;
};

const SEED = 7;
const EVENTS = 5_000;

export async function measureFigures(): Promise<Figures> {
  const bodies = pinned(EVENTS);
  const together = await spend(batchesOf(bodies));
  const withRaw = await spend(batchesOf(bodies), { raw: true });
  const alone = await spend(bodies.map((body) => [body]));
  const { bytes, bytesAtStart } = (await bundleOf(WORKER)).weight;
  return {
    requestsPerEvent: together.requests,
    writeUnitsPerEvent: together.writeUnits,
    writeUnitsPerEventWithRaw: withRaw.writeUnits,
    readUnitsPerEvent: together.readUnits,
    writeUnitsPerEventAlone: alone.writeUnits,
    readUnitsPerEventAlone: alone.readUnits,
    bundleBytes: bytes,
    bytesAtStart,
    allocatedBytesPerEvent: allocatedBytesPerEvent(),
    ...(await measureSimulated(workload(SEED, EVENTS))),
  };
}

async function measureSimulated(bodies: string[]): Promise<Simulated> {
  const together = await spend(batchesOf(bodies));
  const alone = await spend(bodies.map((body) => [body]));
  return {
    simulatedRequestsPerEvent: together.requests,
    simulatedWriteUnitsPerEvent: together.writeUnits,
    simulatedReadUnitsPerEvent: together.readUnits,
    simulatedWriteUnitsPerEventAlone: alone.writeUnits,
    simulatedReadUnitsPerEventAlone: alone.readUnits,
  };
}

type Spent = { requests: number; writeUnits: number; readUnits: number };

/** What batches ask of the local DynamoDB, an event. @throws Error when an event is not settled. */
async function spend(batches: string[][], { raw = false } = {}): Promise<Spent> {
  const { store, database, close } = await openTable();
  const ports = { ...testPorts(), store, ...(raw && { pack }) };
  database.resetMetrics();
  try {
    await settleAll(batches, ports);
    const { requests, writeUnits, readUnits } = database.metrics();
    const events = batches.flat().length;
    const asked = sum(Object.values(requests));
    return { requests: asked / events, writeUnits: writeUnits / events, readUnits: readUnits / events };
  } finally {
    await close();
  }
}
