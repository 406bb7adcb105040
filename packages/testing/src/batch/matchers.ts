// Matchers for vitest about a simulated batch. Importing this file is what makes `expect` know them.
import { expect } from "vitest";
import { wrongAnswers } from "./answers.ts";
import { whyAcknowledged, whyAgain } from "./causes.ts";
import { heldUp, type OrderOptions, overtaken } from "./order.ts";
import type { BatchRun } from "./simulate.ts";
import { type MessageStory, told } from "./stories.ts";

/** What took effect, and which effect a message should have. */
export type Effects = {
  /** The name of each effect that happened, as often as it did. */
  effects(): readonly string[];
  /** The name of a message's effect; undefined where it should have none. */
  effectOf(message: MessageStory): string | undefined;
};

declare module "vitest" {
  // Vitest 3 and 4 declare it with other type parameters, and take the members all the same.
  // biome-ignore lint/suspicious/noTsIgnore: with Vitest 5 there is no error to expect
  // @ts-ignore
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * Each message of a `BatchRun` that was handled took effect exactly once, and no other more often than that.
     * It is told the effects: the ids of messages for which it happened, or a worker that counts by itself.
     */
    toBeExactlyOnce(effects: readonly string[] | Effects): R;
    /**
     * Each message of a `BatchRun` was deleted after a success, or is in the dead-letter queue. Where it is told the
     * effects, as `toBeExactlyOnce` is, a message that was deleted without one is lost, too.
     */
    toLoseNothing(effects?: readonly string[] | Effects): R;
    /**
     * No message of a `BatchRun` was acknowledged while an earlier one of its message group stayed in the queue; and
     * where it is told the effects, in their order, none took effect before an earlier one.
     */
    toKeepOrder(options?: OrderOptions | readonly string[]): R;
    /** Each answer in a `BatchRun` is one that Lambda understands, and names messages of its batch. */
    toAnswerCorrectly(): R;
    /** The messages of a `BatchRun` in other message groups than these were never left in the queue. */
    toHoldUpOnly(...groups: string[]): R;
  }
}

expect.extend({
  toBeExactlyOnce(run: BatchRun, effects: readonly string[] | Effects) {
    const wrong = wrongEffects(run, effectsOf(effects, run));
    return verdict(
      wrong,
      "every message to take effect exactly once",
      "a message to take effect never or again",
    );
  },
  toLoseNothing(run: BatchRun, effects?: readonly string[] | Effects) {
    const lost = run.messages.filter(({ end }) => end !== "deleted" && end !== "dead-lettered");
    const undone = effects === undefined ? [] : undoneIn(run, effectsOf(effects, run));
    return verdict([...lost.map(told), ...undone], "no message to be lost", "a message to be lost");
  },
  toKeepOrder(run: BatchRun, options: OrderOptions | readonly string[] = {}) {
    const { effects, by } = isList(options) ? { effects: options } : options;
    const wrong = overtaken(run, { ...(effects && { effects: effectsOf(effects, run) }), ...(by && { by }) });
    return verdict(wrong, "every message group to keep its order", "a message to overtake another");
  },
  toAnswerCorrectly({ invocations }: BatchRun) {
    return verdict(
      wrongAnswers(invocations),
      "every answer to be a partial batch response",
      "a wrong answer",
    );
  },
  toHoldUpOnly(run: BatchRun, ...groups: string[]) {
    const expected =
      groups.length === 0 ? "no message to be held up" : `only ${groups.join(", ")} to be held up`;
    return verdict(heldUp(run, groups), expected, "another message group to be held up");
  },
});

function verdict(wrong: string[], expected: string, opposite: string) {
  return {
    pass: wrong.length === 0,
    message: () =>
      wrong.length === 0
        ? `expected ${opposite}, and there is none`
        : `expected ${expected}:\n${wrong.map((line) => `  ${line}`).join("\n")}`,
  };
}

function isList(options: OrderOptions | readonly string[]): options is readonly string[] {
  return Array.isArray(options);
}

/** A message that was redriven, or that a worker sent anew, has another id then: it counts as the one of the batch. */
function effectsOf(effects: readonly string[] | Effects, { invocations }: BatchRun): Effects {
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

function wrongEffects(run: BatchRun, effects: Effects): string[] {
  const isWrong = ({ times, stories }: Outcome) => times > 1 || (times === 0 && !stories.every(isSetAside));
  return explained(outcomesOf(run, effects).filter(isWrong), run);
}

function undoneIn(run: BatchRun, effects: Effects): string[] {
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
