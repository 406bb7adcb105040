// Matchers for vitest about a simulated batch. Importing this file is what makes `expect` know them.
import { expect } from "vitest";
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
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /**
     * Each message of a `BatchRun` that was handled took effect exactly once, and no other more often than that.
     * It is told the effects: the ids of messages for which it happened, or a worker that counts by itself.
     */
    toBeExactlyOnce(effects: readonly string[] | Effects): R;
    /** Each message of a `BatchRun` was deleted after a success, or is in the dead-letter queue. */
    toLoseNothing(): R;
  }
}

expect.extend({
  toBeExactlyOnce(run: BatchRun, effects: readonly string[] | Effects) {
    const wrong = wrongEffects(run, "effects" in effects ? effects : byMessageId(effects));
    return verdict(
      wrong,
      "every message to take effect exactly once",
      "a message to take effect never or again",
    );
  },
  toLoseNothing(run: BatchRun) {
    const lost = run.messages.filter(({ end }) => end !== "deleted" && end !== "dead-lettered");
    return verdict(lost.map(told), "no message to be lost", "a message to be lost");
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

function byMessageId(effects: readonly string[]): Effects {
  return { effects: () => effects, effectOf: ({ messageId }) => messageId };
}

/** Messages that should have one effect together are judged together: a copy that the sender made is no second effect. */
function wrongEffects({ messages }: BatchRun, { effects, effectOf }: Effects): string[] {
  const happened = effects();
  return [...Map.groupBy(messages, effectOf)].flatMap(([effect, stories]) => {
    if (effect === undefined) return [];
    const times = happened.filter((name) => name === effect).length;
    if (times === 1 || (times === 0 && stories.every(isSetAside))) return [];
    return [`${effect} took effect ${times} times: ${stories.map(told).join("; ")}`];
  });
}

/** A dead letter is kept for later: it need not have had its effect. */
function isSetAside({ end }: MessageStory): boolean {
  return end === "dead-lettered";
}
