// What SQS refuses with: the exception's name, and the older name that its clients read from a header.
import { AwsError } from "../http.ts";

const refusal = (name: string, message: string, status = 400) =>
  new AwsError(name, message, { status, queryCode: name });

const queueRefusal = (name: string, message: string, { status = 400, olderName = name } = {}) =>
  new AwsError(name, message, { status, queryCode: `AWS.SimpleQueueService.${olderName}` });

/** A parameter that no retry makes right. */
export const invalidParameter = (message: string) => refusal("InvalidParameterValue", message);

/** The same, in the words in which SQS names the value and the reason. */
export const invalidValue = (parameter: string, value: unknown, reason: string) =>
  invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);

/** For a parameter of the other queue type, such as a deduplication id on a standard queue. */
export const notForThisQueueType = (parameter: string, value: unknown) =>
  invalidValue(parameter, value, "The request include parameter that is not valid for this queue type.");

/** A required parameter is missing; so is the body of an empty message. */
export const missingParameter = (name: string) =>
  refusal("MissingParameter", `The request must contain the parameter ${name}.`);

/** Without an older name: the request was not understood as JSON of the operation. */
export const wrongType = (name: string) =>
  new AwsError("SerializationException", `The parameter ${name} has the wrong type.`);

/** For operations that SQS has and this does not, too. */
export const unknownOperation = (operation: string) =>
  new AwsError("UnknownOperationException", `SQS has no operation named "${operation}" here.`);

/** Its older name is another, NonExistentQueue, by which old clients know it. */
export const queueDoesNotExist = () =>
  queueRefusal("QueueDoesNotExist", "The specified queue does not exist.", { olderName: "NonExistentQueue" });

/** The attribute is the first that differs from the queue's. */
export const queueNameExists = (attribute: string) =>
  new AwsError(
    "QueueNameExists",
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    { queryCode: "QueueAlreadyExists" },
  );

/** Within 60 seconds of the delete ("DeleteQueue"). */
export const queueDeletedRecently = () =>
  queueRefusal(
    "QueueDeletedRecently",
    "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
  );

/** Within 60 seconds of the last purge ("PurgeQueue"). */
export const purgeQueueInProgress = (name: string) =>
  queueRefusal(
    "PurgeQueueInProgress",
    `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`,
  );

/** A queue attribute that cannot be set so. */
export const invalidAttributeName = (message: string) => refusal("InvalidAttributeName", message);

/** A queue attribute or message system attribute that SQS does not have. */
export const unknownAttribute = (name: string) => invalidAttributeName(`Unknown Attribute ${name}.`);

/** A queue attribute out of its bounds; the value is not shown. */
export const invalidAttributeValue = (name: string, reason?: string) =>
  refusal(
    "InvalidAttributeValue",
    `Invalid value for the parameter ${name}.${reason ? ` Reason: ${reason}` : ""}`,
  );

/** The body holds characters that "SendMessage" does not allow: sending it again cannot help. */
export const invalidMessageContents = (message: string) => refusal("InvalidMessageContents", message);

/** With status 404: the handle is of another queue, or of none. */
export const receiptHandleIsInvalid = (handle: string) =>
  refusal(
    "ReceiptHandleIsInvalid",
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
    404,
  );

/** On a FIFO queue, once the visibility timeout is over: the message comes again. */
export const receiptHandleExpired = (handle: string) =>
  invalidValue("ReceiptHandle", handle, "The receipt handle has expired.");

/** The message was deleted, or was received again under another handle: there is nothing left to hide. */
export const notAvailableForVisibilityChange = (handle: string) =>
  invalidValue(
    "ReceiptHandle",
    handle,
    "Message does not exist or is not available for visibility timeout change.",
  );

/** For the whole request, like the next four: no entry was carried out. */
export const emptyBatch = () =>
  queueRefusal("EmptyBatchRequest", "There should be at least one entry in the request.");

/** More than ten. */
export const tooManyEntries = (count: number) =>
  queueRefusal(
    "TooManyEntriesInBatchRequest",
    `Maximum number of entries per request are 10. You have sent ${count}.`,
  );

/** An id that is missing has this error, too. */
export const invalidEntryId = () =>
  queueRefusal(
    "InvalidBatchEntryId",
    "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
  );

/** The answer could not say which of the two failed. */
export const entryIdsNotDistinct = (id: string) =>
  queueRefusal("BatchEntryIdsNotDistinct", `Id ${id} repeated.`);

/** More than 1 MiB, all bodies and attributes together ("SendMessageBatch"). */
export const batchTooLong = (bytes: number) =>
  queueRefusal(
    "BatchRequestTooLong",
    `Batch requests cannot be longer than 1048576 bytes. You have sent ${bytes} bytes.`,
  );

/** Of message move tasks, with status 404; other operations throw QueueDoesNotExist. */
export const resourceNotFound = (message: string) => refusal("ResourceNotFoundException", message, 404);
