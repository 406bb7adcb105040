import { describe, expect, it } from "vitest";
import { type Failure, planRetries } from "./retry.ts";

/** A failure of an aggregate of its own, all of them in one lane. */
function failure(id: string, receives: number, begun = true): Failure {
  const message = { id, origin: id, body: "", group: "lane-00", lane: "lane-00", receives, attempts: 0 };
  return { message, aggregate: id, begun };
}

/** The seconds that each of the failures waits in place. */
function waits(failures: Failure[], storeAnswers = true): [id: string, seconds: number][] {
  const { inPlace } = planRetries(failures, storeAnswers, () => 1);
  return inPlace.flatMap(({ messages, seconds }) =>
    messages.map(({ id }): [string, number] => [id, seconds]),
  );
}

describe("what there was no time left for", () => {
  it("comes back after a second, whatever its receives, as it did not fail", () => {
    const left = failure("left", 9, false);
    expect([waits([left], true), waits([left], false)]).toEqual([[["left", 1]], [["left", 1]]]);
  });

  it("waits as long as what did fail in its lane, since the lane is hidden as one", () => {
    expect(waits([failure("failed", 2), failure("left", 1, false)])).toEqual([
      ["failed", 2],
      ["left", 2],
    ]);
  });
});
