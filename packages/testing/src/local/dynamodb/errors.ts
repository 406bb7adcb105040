// What DynamoDB answers when it refuses. Those that nothing here throws are for injecting as faults.
import { AwsError } from "../http.ts";
import type { Item } from "./attributes.ts";

export type CancellationReason = { Code: string; Message?: string; Item?: Item };

export const notCancelled: CancellationReason = { Code: "None" };

/** The request is wrong whatever is stored: the SDK does not retry it. */
export const validationException = (message: string) => new AwsError("ValidationException", message);

/** For documents of more than 32 levels ("Quotas in Amazon DynamoDB"). */
export const nestedTooDeep = () =>
  validationException(
    "Nesting Levels have exceeded supported limits: Attributes in the item have nested levels beyond supported limit",
  );

/** There is no such table; the default wording is that of operations on items. */
export const resourceNotFound = (message = "Requested resource not found") =>
  new AwsError("ResourceNotFoundException", message);

/** There is a table of that name, or it is being changed. */
export const resourceInUse = (message: string) => new AwsError("ResourceInUseException", message);

/** The item goes along when the request asked for it by ReturnValuesOnConditionCheckFailure. */
export const conditionalCheckFailed = (item: Item | undefined) =>
  new AwsError("ConditionalCheckFailedException", "The conditional request failed", {
    members: item ? { Item: item } : {},
  });

/**
 * The reasons stand in the order of the transaction's items, `notCancelled` for those that were fine
 * ("TransactWriteItems").
 */
export const transactionCanceled = (reasons: CancellationReason[]) =>
  new AwsError(
    "TransactionCanceledException",
    `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.map((reason) => reason.Code).join(", ")}]`,
    { members: { CancellationReasons: reasons } },
  );

/** A single write met a transaction in flight. */
export const transactionConflict = () =>
  new AwsError("TransactionConflictException", "Transaction is ongoing for the item");

/** The token's first request still runs: the SDK's client sends it again. */
export const transactionInProgress = () =>
  new AwsError(
    "TransactionInProgressException",
    "The transaction with the given request token is already in progress.",
  );

/** A token of the last ten minutes came with another request ("TransactWriteItems"). */
export const idempotentParameterMismatch = () =>
  new AwsError(
    "IdempotentParameterMismatchException",
    "The request uses the same client token as a previous, but non-identical request.",
  );

/** Throttling of a table with provisioned capacity. */
export const provisionedThroughputExceeded = () =>
  new AwsError(
    "ProvisionedThroughputExceededException",
    "The level of configured provisioned throughput for the table was exceeded. Consider increasing your provisioning level with the UpdateTable API.",
  );

/** Throttling of an on-demand table. */
export const throttled = () =>
  new AwsError(
    "ThrottlingException",
    "Throughput exceeds the current capacity of your table or index. DynamoDB is automatically scaling your table or index so please try again shortly.",
  );

/** With status 500, which the SDK retries; the write may have taken place. */
export const internalServerError = () =>
  new AwsError("InternalServerError", "The request could not be completed.", { status: 500 });

const throttlingCodes = new Set([
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ThrottlingException",
]);

/** Whether it is one of the errors that the metric `throttles` counts. */
export const isThrottling = (error: unknown) => error instanceof AwsError && throttlingCodes.has(error.code);
