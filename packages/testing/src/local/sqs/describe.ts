// What queues tell about themselves: their attributes with the counts of messages, and lists of them.
import { isKnownAttribute } from "./attributes.ts";
import { type Input, optionalText, optionalWhole, texts } from "./input.ts";
import { openQueue } from "./open.ts";
import { deadLetterSources } from "./redrive.ts";
import { unknownAttribute } from "./refusals.ts";
import type { Queue, Turn } from "./state.ts";

const REPORTED: Record<string, (queue: Queue) => string | number> = {
  QueueArn: ({ arn }) => arn,
  CreatedTimestamp: ({ createdAt }) => Math.floor(createdAt / 1000),
  LastModifiedTimestamp: ({ modifiedAt }) => Math.floor(modifiedAt / 1000),
  ApproximateNumberOfMessages: ({ counts }) => counts.visible,
  ApproximateNumberOfMessagesNotVisible: ({ counts }) => counts.inFlight,
  ApproximateNumberOfMessagesDelayed: ({ counts }) => counts.delayed,
};

/** As SQS, nothing asked for gives no `Attributes` at all. */
export function getQueueAttributes(turn: Turn, input: Input): { Attributes?: Record<string, string> } {
  const queue = openQueue(turn, input);
  const names = texts(input, "AttributeNames");
  if (names.length === 0) return {};
  const all = allAttributes(queue);
  if (names.includes("All")) return { Attributes: all };
  const unknown = names.find((name) => !isKnownAttribute(name) && !Object.hasOwn(REPORTED, name));
  if (unknown !== undefined) throw unknownAttribute(unknown);
  return { Attributes: Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name))) };
}

function allAttributes(queue: Queue): Record<string, string> {
  const reported = Object.entries(REPORTED).map(([name, report]) => [name, String(report(queue))]);
  return { ...queue.attributes, ...Object.fromEntries(reported) };
}

/** "ListQueues": up to 1,000 URLs a page, in the order in which the queues were created. */
export function listQueues({ state }: Turn, input: Input): { QueueUrls?: string[]; NextToken?: string } {
  const prefix = optionalText(input, "QueueNamePrefix") ?? "";
  const queues = [...state.queues.values()].filter(({ name }) => name.startsWith(prefix));
  const { urls, next } = page(queues, input);
  return { ...(urls.length > 0 && { QueueUrls: urls }), ...(next && { NextToken: next }) };
}

/** "ListDeadLetterSourceQueues", page by page; its member is `queueUrls` in lower case, as AWS has it. */
export function listDeadLetterSourceQueues(
  turn: Turn,
  input: Input,
): { queueUrls: string[]; NextToken?: string } {
  const { arn } = openQueue(turn, input);
  const { urls, next } = page(deadLetterSources(turn.state, arn), input);
  return { queueUrls: urls, ...(next && { NextToken: next }) };
}

/** The token is the last URL that was given. */
function page(queues: Queue[], input: Input): { urls: string[]; next: string | undefined } {
  const size = optionalWhole(input, "MaxResults", [1, 1000]) ?? 1000;
  const token = optionalText(input, "NextToken");
  const urls = queues.map(({ url }) => url);
  const start = token === undefined ? 0 : urls.indexOf(atob(token)) + 1;
  const given = urls.slice(start, start + size);
  const last = given.at(-1);
  return { urls: given, next: last && start + size < urls.length ? btoa(last) : undefined };
}
