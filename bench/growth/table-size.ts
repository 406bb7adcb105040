// Rows that are in the table before anything is measured: what is measured renews some of their subscriptions.
import { batchesOf } from "../batches.ts";
import { closing } from "../closing.ts";
import { BEGINNING, lives, numbered, RENEWAL } from "./customer.ts";
import { startFilledTable } from "./filled.ts";
import { measureOurs } from "./ours.ts";
import { repeated, type Series } from "./series.ts";
import { interleaved } from "./stream.ts";

const REPETITIONS = 3;
/** Of each repetition, at every size. */
const RENEWALS = 100;

/** Milliseconds, as on AWS: without it a large table shows what the emulator's memory costs, more than what we do. */
const LATENCY = 4;

/** A customer's rows: themselves, their profile, a subscription, its invoice, the payment. */
export const ROWS_EACH = 5;

export const TABLE_SIZE: Series = {
  name: "rows",
  axis: "rows in the table",
  latency: LATENCY,
  at: [10, 1_000, 100_000, 1_000_000],
  measured: async (rows) => ({
    figures: await closing(startFilledTable(rows), (server) =>
      repeated(REPETITIONS, (time) => {
        const lanes = [batchesOf(renewals(rows / ROWS_EACH, RENEWALS, time))];
        return measureOurs(server, { lanes, latency: LATENCY });
      }),
    ),
  }),
};

/**
 * So many renewals among so many customers, each customer's after those of the repetition before; a batch holds half
 * a renewal of each of two, whether there are two in all or thousands, so that only the table differs.
 */
export function renewals(customers: number, count: number, repetition: number): string[] {
  const renewing = Math.min(customers, count);
  const each = Math.ceil(count / renewing);
  const chosen = numbered(renewing, 0, Math.floor(customers / renewing));
  const before = repetition * each;
  const lived = lives(chosen, BEGINNING + (before + each) * RENEWAL);
  const renewed = lived.map((life) => renewalsIn(life).slice(before).flat());
  return interleaved(renewed, { customers: 2, together: 5 });
}

/** Ten events each: without the notice days before, and without the fee that Stripe adds to the charge later. */
function renewalsIn(life: string[]): string[][] {
  const count = Math.floor((life.length - BEGINNING) / RENEWAL);
  return numbered(count, BEGINNING, RENEWAL).map((start) => life.slice(start + 1, start + RENEWAL - 1));
}
