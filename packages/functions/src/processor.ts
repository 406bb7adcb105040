// Powertools owns the contract with Lambda, core the decision (D11): a batch goes to core whole, since
// Powertools' own FIFO processor goes record by record and fails every later group after one failure.
import { BasePartialBatchProcessor } from "@aws-lambda-powertools/batch";
import type { FailureResponse, SuccessResponse } from "@aws-lambda-powertools/batch/types";
import type { Result } from "@stripe-lanes/core/batch";
import type { Context, SQSRecord } from "aws-lambda";

/** Handles a batch; gives a result for each record, in their order. */
export type HandleRecords = (records: SQSRecord[], context: Context | undefined) => Promise<Result[]>;

export class LaneProcessor extends BasePartialBatchProcessor {
  override async process(): Promise<(SuccessResponse | FailureResponse)[]> {
    this.prepare();
    const records = this.records as SQSRecord[];
    const handle = this.handler as unknown as HandleRecords;
    const results = await handle(records, this.options?.context);
    const processed = records.map((record, index) => this.#report(record, results[index]));
    this.clean();
    return processed;
  }

  /** What is not reported as failed is deleted from the queue: a record without a result has failed. */
  #report(record: SQSRecord, result: Result | undefined): SuccessResponse | FailureResponse {
    if (result === undefined) return this.failureHandler(record, new Error("The record has no result."));
    return result.kind === "retry"
      ? this.failureHandler(record, result.error)
      : this.successHandler(record, result);
  }

  override processRecord(): never {
    throw new Error("A batch is handled whole, by process().");
  }

  override processRecordSync(): never {
    throw new Error("A batch is handled whole, by process().");
  }
}
