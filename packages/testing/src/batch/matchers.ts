// Matchers for vitest about a simulated batch. Importing this file is what makes `expect` know them.
import { expect } from "vitest";
import { wrongAnswers } from "./answers.ts";
import { type Effects, effectsOf, undoneIn, wrongEffects } from "./effects.ts";
import { heldUp, type OrderOptions, overtaken } from "./order.ts";
import type { BatchRun } from "./simulate.ts";
import { told } from "./stories.ts";

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
