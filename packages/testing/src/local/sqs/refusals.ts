// What SQS refuses with: the exception's name, and the older name that its clients read from a header.
import { AwsError } from "../http.ts";

const refusal = (name: string, message: string, status = 400) =>
  new AwsError(name, message, { status, queryCode: name });

const queueRefusal = (name: string, message: string, { status = 400, olderName = name } = {}) =>
  new AwsError(name, message, { status, queryCode: `AWS.SimpleQueueService.${olderName}` });

export const invalidParameter = (message: string) => refusal("InvalidParameterValue", message);

export const invalidValue = (parameter: string, value: unknown, reason: string) =>
  invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);

export const notForThisQueueType = (parameter: string, value: unknown) =>
  invalidValue(parameter, value, "The request include parameter that is not valid for this queue type.");

export const missingParameter = (name: string) =>
  refusal("MissingParameter", `The request must contain the parameter ${name}.`);

export const wrongType = (name: string) =>
  new AwsError("SerializationException", `The parameter ${name} has the wrong type.`);

export const unknownOperation = (operation: string) =>
  new AwsError("UnknownOperationException", `SQS has no operation named "${operation}" here.`);

export const queueDoesNotExist = () =>
  queueRefusal("QueueDoesNotExist", "The specified queue does not exist.", { olderName: "NonExistentQueue" });

export const queueNameExists = (attribute: string) =>
  new AwsError(
    "QueueNameExists",
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    { queryCode: "QueueAlreadyExists" },
  );

export const queueDeletedRecently = () =>
  queueRefusal(
    "QueueDeletedRecently",
    "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
  );

export const purgeQueueInProgress = (name: string) =>
  queueRefusal(
    "PurgeQueueInProgress",
    `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`,
  );

export const invalidAttributeName = (message: string) => refusal("InvalidAttributeName", message);

export const unknownAttribute = (name: string) => invalidAttributeName(`Unknown Attribute ${name}.`);

export const invalidAttributeValue = (name: string, reason?: string) =>
  refusal(
    "InvalidAttributeValue",
    `Invalid value for the parameter ${name}.${reason ? ` Reason: ${reason}` : ""}`,
  );

export const invalidMessageContents = (message: string) => refusal("InvalidMessageContents", message);

export const receiptHandleIsInvalid = (handle: string) =>
  refusal(
    "ReceiptHandleIsInvalid",
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
    404,
  );

export const receiptHandleExpired = (handle: string) =>
  invalidValue("ReceiptHandle", handle, "The receipt handle has expired.");

export const notAvailableForVisibilityChange = (handle: string) =>
  invalidValue(
    "ReceiptHandle",
    handle,
    "Message does not exist or is not available for visibility timeout change.",
  );

export const emptyBatch = () =>
  queueRefusal("EmptyBatchRequest", "There should be at least one entry in the request.");

export const tooManyEntries = (count: number) =>
  queueRefusal(
    "TooManyEntriesInBatchRequest",
    `Maximum number of entries per request are 10. You have sent ${count}.`,
  );

export const invalidEntryId = () =>
  queueRefusal(
    "InvalidBatchEntryId",
    "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
  );

export const entryIdsNotDistinct = (id: string) =>
  queueRefusal("BatchEntryIdsNotDistinct", `Id ${id} repeated.`);

export const batchTooLong = (bytes: number) =>
  queueRefusal(
    "BatchRequestTooLong",
    `Batch requests cannot be longer than 1048576 bytes. You have sent ${bytes} bytes.`,
  );

export const resourceNotFound = (message: string) => refusal("ResourceNotFoundException", message, 404);
