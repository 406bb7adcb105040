// What the events of a batch share: the sample measures it, and the model reckons with it.

/** What a batch takes as such, and what each of its events adds. */
export type Shared = { perBatch: number; perEvent: number };

/** Of an event in batches of such a size. */
export function inBatches({ perBatch, perEvent }: Shared, batch: number): number {
  return perEvent + perBatch / batch;
}
