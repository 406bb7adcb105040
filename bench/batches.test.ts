import { laneOf } from "@stripe-lanes/core/lanes";
import { messageOf } from "@stripe-lanes/core/message";
import { describe, expect, it } from "vitest";
import { batchesOf, lanesOf, sqsEventOf } from "./batches.ts";
import { workload } from "./workload.ts";

const bodies = workload(3, 800);

describe("batches", () => {
  it("are of ten, in order, and what is left over is cut off", () => {
    const batches = batchesOf(bodies.slice(0, 35));
    expect(batches.map(({ length }) => length)).toEqual([10, 10, 10]);
    expect(batches.flat()).toEqual(bodies.slice(0, 30));
  });
});

describe("lanes", () => {
  const lanes = lanesOf(bodies, 10);

  it("are one with everything, or as many as asked for with equally many batches", () => {
    expect(lanesOf(bodies, 1)).toEqual([batchesOf(bodies)]);
    expect(lanes).toHaveLength(10);
    expect(new Set(lanes.map(({ length }) => length)).size).toBe(1);
    expect(lanes[0]?.length).toBeGreaterThan(2);
    expect(new Set(lanes.flat().map(({ length }) => length))).toEqual(new Set([10]));
  });

  it("hold what the rules send there, from its beginning and in order", () => {
    for (const [index, batches] of lanes.entries()) {
      const inLane = bodies.filter((body) => laneOf(JSON.parse(body), 10) === `lane-0${index}`);
      expect(batches.flat()).toEqual(inLane.slice(0, batches.length * 10));
    }
  });

  it("are not fewer than asked for without a word", () => {
    expect(() => lanesOf(bodies.slice(0, 5), 10)).toThrow(/^There are events for \d of 10 lanes\.$/);
  });
});

describe("a batch as Lambda hands it over", () => {
  const { Records } = sqsEventOf(bodies.slice(0, 10), "lane-03");

  it("is a message each, of one group, received once", () => {
    const messages = Records.map(messageOf);
    expect(messages.map(({ body }) => body)).toEqual(bodies.slice(0, 10));
    expect(new Set(messages.map(({ id }) => id)).size).toBe(10);
    for (const message of messages) {
      expect(message).toMatchObject({ group: "lane-03", lane: "lane-03", receives: 1, attempts: 0 });
    }
  });

  it("has ascending sequence numbers of twenty digits, and the digests of its bodies", () => {
    const numbers = Records.map(({ attributes }) => attributes.SequenceNumber ?? "");
    expect(numbers.every((number) => /^\d{20}$/.test(number))).toBe(true);
    expect(numbers).toEqual([...new Set(numbers)].sort());
    expect(Records[0]).toMatchObject({
      eventSource: "aws:sqs",
      md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });
});
