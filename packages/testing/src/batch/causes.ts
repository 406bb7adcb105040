// Why a message was deleted, or came again: what one invocation did about it, in words.
import { failedIn, wrongAnswer } from "./answers.ts";
import type { SimulatedInvocation } from "./invocation.ts";
import type { MessageStory } from "./stories.ts";

type Invocations = readonly SimulatedInvocation[];

/** Of a message that was deleted without its effect. */
export function whyAcknowledged({ messageId }: MessageStory, invocations: Invocations): string | undefined {
  const last = invocations.filter(({ messages }) => messages.includes(messageId)).at(-1);
  if (last === undefined || last.error !== undefined) return undefined;
  return `invocation ${last.number} ${acknowledging(last)}`;
}

function acknowledging(invocation: SimulatedInvocation): string {
  const { answer } = invocation;
  const failed = [...failedIn(invocation)];
  if (failed.length > 0) return `named only ${failed.join(", ")} as failed, which acknowledges it`;
  const wrong = wrongAnswer(invocation);
  if (wrong !== undefined) return wrong;
  const said = answer === null || answer === undefined ? "nothing" : "that no message failed";
  return `answered ${said}, which acknowledges its whole batch, and what it left undone is lost`;
}

/** Of a message that took effect more than once: the first time that it was left in the queue. */
export function whyAgain({ messageId }: MessageStory, invocations: Invocations): string | undefined {
  const [first, second] = invocations.filter(({ messages }) => messages.includes(messageId));
  if (first === undefined || (second === undefined && first.runs < 2)) return undefined;
  return `invocation ${first.number} ${leaving(first, messageId)}`;
}

function leaving(invocation: SimulatedInvocation, messageId: string): string {
  const { fault, error } = invocation;
  if (fault !== undefined) return `was struck by the fault ${fault}`;
  if (error !== undefined) return `threw ${(error as Error).message}, so its whole batch came again`;
  const wrong = wrongAnswer(invocation);
  if (wrong !== undefined) return wrong;
  return failedIn(invocation).has(messageId) ? "named it as failed after its effect" : "acknowledged it";
}
