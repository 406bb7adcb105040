// What took effect: told by a test or counted by its worker, and judged message by message.
import { whyAcknowledged, whyAgain } from "./causes.ts";
import type { BatchRun } from "./simulate.ts";
import { type MessageStory, told } from "./stories.ts";

/** What took effect, and which effect a message should have. */
export type Effects = {
  /** The name of each effect that happened, as often as it did. */
  effects(): readonly string[];
  /** The name of a message's effect; undefined where it should have none. */
  effectOf(message: MessageStory): string | undefined;
};

/** A message that was redriven, or that a worker sent anew, has another id then: it counts as the one of the batch. */
export function effectsOf(effects: readonly string[] | Effects, { invocations }: BatchRun): Effects {
  if ("effects" in effects) return effects;
  const origins = new Map(
    invocations.flatMap(({ records, messages }) =>
      records.map(({ messageId }, index) => [messageId, messages[index] ?? messageId]),
    ),
  );
  return {
    effects: () => effects.map((id) => origins.get(id) ?? id),
    effectOf: ({ messageId }) => messageId,
  };
}

type Outcome = { effect: string; times: number; stories: MessageStory[] };

/** Messages that should have one effect together are judged together: a copy that the sender made is no second effect. */
function outcomesOf({ messages }: BatchRun, { effects, effectOf }: Effects): Outcome[] {
  const happened = effects();
  return [...Map.groupBy(messages, effectOf)].flatMap(([effect, stories]) => {
    if (effect === undefined) return [];
    return [{ effect, times: happened.filter((name) => name === effect).length, stories }];
  });
}

/** A sentence for each effect that came never or again, and why. */
export function wrongEffects(run: BatchRun, effects: Effects): string[] {
  const isWrong = ({ times, stories }: Outcome) => times > 1 || (times === 0 && !stories.every(isSetAside));
  return explained(outcomesOf(run, effects).filter(isWrong), run);
}

/** A sentence for each effect that never came though its message was deleted, and why. */
export function undoneIn(run: BatchRun, effects: Effects): string[] {
  const isUndone = ({ times, stories }: Outcome) =>
    times === 0 && stories.some(({ end }) => end === "deleted");
  return explained(outcomesOf(run, effects).filter(isUndone), run);
}

/** A sentence for each, and then why, each cause once. */
function explained(outcomes: Outcome[], { invocations }: BatchRun): string[] {
  const causes = outcomes.flatMap(({ times, stories }) =>
    stories.flatMap((story) => (times === 0 ? whyAcknowledged : whyAgain)(story, invocations) ?? []),
  );
  return [...outcomes.map(sentenceOf), ...[...new Set(causes)].map((cause) => `because ${cause}`)];
}

function sentenceOf({ effect, times, stories }: Outcome): string {
  return `${effect} took effect ${times} times: ${stories.map(told).join("; ")}`;
}

/** A dead letter is kept for later: it need not have had its effect. */
function isSetAside({ end }: MessageStory): boolean {
  return end === "dead-lettered";
}
