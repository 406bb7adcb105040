// Which messages overtook an earlier one of their message group.
import { failedIn } from "./answers.ts";
import type { Effects } from "./effects.ts";
import type { SimulatedInvocation } from "./invocation.ts";
import type { BatchRun } from "./simulate.ts";
import type { MessageStory } from "./stories.ts";

export type OrderOptions = {
  /** What took effect, in the order in which it did: then that is compared, too. */
  effects?: readonly string[] | Effects;
  /** What must stay in order: the message group where nothing is said. */
  by?(message: MessageStory): string;
};

/** A sentence for each message that was acknowledged, or took effect, before an earlier one of its group. */
export function overtaken(run: BatchRun, options: { effects?: Effects; by?: OrderOptions["by"] }): string[] {
  const { effects, by } = options;
  const groups = [...Map.groupBy(run.messages, by ?? (({ group }) => group))];
  return groups.flatMap(([group, stories]) => {
    const place = `in ${by ? "" : "the message group "}${group}`;
    const acknowledged = run.invocations.flatMap((one) => acknowledgedFirst(one, stories, place));
    return [...acknowledged, ...(effects ? effectsFirst(run, stories, effects, place) : [])];
  });
}

/** Both came in one invocation, and its answer left the first in the queue. */
function acknowledgedFirst(
  invocation: SimulatedInvocation,
  stories: readonly MessageStory[],
  place: string,
): string[] {
  const failed = failedIn(invocation);
  const ids = new Set(stories.map(({ messageId }) => messageId));
  const here = invocation.messages.filter((id) => ids.has(id));
  const from = here.findIndex((id) => failed.has(id));
  if (from === -1) return [];
  const overtakers = here.slice(from).filter((id) => !failed.has(id));
  return overtakers.map(
    (id) =>
      `${id} overtook ${here[from]} ${place}: invocation ${invocation.number} named ${here[from]} as failed and ` +
      `acknowledged ${id} behind it; name what follows a failure in its group as failed, too`,
  );
}

/** Only what took effect is compared, and nothing that lay in the dead-letter queue in between. */
function effectsFirst(
  run: BatchRun,
  stories: readonly MessageStory[],
  { effects, effectOf }: Effects,
  place: string,
): string[] {
  const happened = effects();
  const moved = movedIn(run);
  const placed = stories
    .filter(({ messageId }) => !moved.has(messageId))
    .map((story) => ({ story, at: happened.indexOf(effectOf(story) ?? "") }))
    .filter(({ at }) => at !== -1);
  return placed.flatMap(({ story, at }, index) => {
    const later = placed.slice(0, index).find((earlier) => earlier.at > at);
    if (later === undefined) return [];
    return [
      `${story.messageId} took effect before ${later.story.messageId}, which stands before it ${place}`,
    ];
  });
}

/** Messages that were sent anew, by a redrive or by the worker: their place in the queue is another one. */
function movedIn({ invocations }: BatchRun): ReadonlySet<string> {
  return new Set(
    invocations.flatMap(({ records, messages }) =>
      messages.filter((id, index) => records[index]?.messageId !== id),
    ),
  );
}

/** A sentence for each message of another group that had to come again. */
export function heldUp({ messages, invocations }: BatchRun, groups: readonly string[]): string[] {
  return messages.flatMap(({ messageId, group }) => {
    if (groups.includes(group)) return [];
    const failing = invocations.find((one) => failedIn(one).has(messageId));
    if (failing === undefined) return [];
    return [`${messageId} of the message group ${group} was held up: ${why(failing, messageId)}`];
  });
}

function why(invocation: SimulatedInvocation, messageId: string): string {
  const { number, fault, error } = invocation;
  if (fault !== undefined) return `invocation ${number} was struck by the fault ${fault}`;
  if (error !== undefined)
    return `invocation ${number} threw ${(error as Error).message}, which fails its whole batch`;
  const others = [...failedIn(invocation)].filter((id) => id !== messageId);
  const along = others.length > 0 ? ` along with ${others.join(", ")}` : "";
  return `invocation ${number} left it in the queue${along}`;
}
