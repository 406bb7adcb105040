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
    const processed = results.map((result, index) => this.#report(records[index] as SQSRecord, result));
    this.clean();
    return processed;
  }

  #report(record: SQSRecord, result: Result): SuccessResponse | FailureResponse {
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
