// What is wrong with a handler's answers: Lambda says nothing of it, and deletes or redelivers the whole batch.
import { failedMessages } from "../local/lambda/answer.ts";
import type { SimulatedInvocation } from "./invocation.ts";

const FIELD = "batchItemFailures";

const WHOLE_BATCH = "so its whole batch failed and comes again";

/** A sentence for each answer that does not mean what its handler wants to say. */
export function wrongAnswers(invocations: readonly SimulatedInvocation[]): string[] {
  return invocations.flatMap((invocation) => {
    const wrong = wrongAnswer(invocation);
    return wrong === undefined ? [] : [`invocation ${invocation.number} ${wrong}`];
  });
}

/** Undefined where Lambda understands it, or there is none. */
export function wrongAnswer(invocation: SimulatedInvocation): string | undefined {
  const { answer, error } = invocation;
  if (error !== undefined || answer === undefined || answer === null) return undefined;
  if (typeof answer !== "object" || Array.isArray(answer))
    return `answered ${shown(answer)}, which is no object with ${FIELD}, ${WHOLE_BATCH}`;
  if (!(FIELD in answer)) return withoutField(answer);
  if (answer[FIELD] === null) return undefined;
  if (!Array.isArray(answer[FIELD])) return `answered ${FIELD} that is no list, ${WHOLE_BATCH}`;
  return answer[FIELD].flatMap((failure: unknown) => wrongFailure(failure, invocation) ?? []).at(0);
}

function withoutField(answer: object): string | undefined {
  if (Object.keys(answer).length === 0) return undefined;
  return `answered ${shown(answer)}, which has no ${FIELD}, so its whole batch was acknowledged`;
}

function wrongFailure(failure: unknown, { records }: SimulatedInvocation): string | undefined {
  if (typeof failure !== "object" || failure === null || !("itemIdentifier" in failure))
    return `named ${shown(failure)} as failed, which has no itemIdentifier, ${WHOLE_BATCH}`;
  const id = failure.itemIdentifier;
  if (records.some(({ messageId }) => messageId === id)) return undefined;
  return `named ${shown(id)} as failed, which is ${identityOf(id, records)}, ${WHOLE_BATCH}`;
}

function identityOf(id: unknown, records: SimulatedInvocation["records"]): string {
  const handled = records.find(({ receiptHandle }) => receiptHandle === id);
  if (handled) return `the receiptHandle of ${handled.messageId} and not its messageId`;
  const group = records.find(({ attributes }) => attributes.MessageGroupId === id);
  if (group) return "a message group and no messageId";
  return "no messageId of its batch";
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/** The messages, by the ids that they had in the batch, which an answer left in the queue. */
export function failedIn(invocation: SimulatedInvocation): ReadonlySet<string> {
  const { answer, error, records, messages } = invocation;
  const failed =
    error === undefined
      ? failedMessages(answer, new Set(records.map(({ messageId }) => messageId)))
      : "whole batch";
  if (failed === "whole batch") return new Set(messages);
  return new Set(messages.filter((_, index) => failed.has(records[index]?.messageId ?? "")));
}
