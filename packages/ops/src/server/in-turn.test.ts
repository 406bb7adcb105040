import { expect, it } from "vitest";
import { inTurn } from "./in-turn.ts";

const soon = () => new Promise((resolve) => setImmediate(resolve));

it("no more run at one time than may, the others in their order, and a failure lets the next one run", async () => {
  const turn = inTurn(2);
  const ended: number[] = [];
  let [running, most] = [0, 0];
  const work = (number: number) => async () => {
    most = Math.max(most, ++running);
    await soon();
    running -= 1;
    ended.push(number);
    if (number === 1) throw new Error("broken");
    return number;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4, 5].map((number) => turn(work(number))));
  expect({ most, ended }).toEqual({ most: 2, ended: [0, 1, 2, 3, 4, 5] });
  expect(results.map(({ status }) => status)).toEqual([
    "fulfilled",
    "rejected",
    "fulfilled",
    "fulfilled",
    "fulfilled",
    "fulfilled",
  ]);
});
