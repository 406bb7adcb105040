import { expect, it } from "vitest";
import { closing } from "../closing.ts";
import { startDynamoDbProcess } from "../servers/dynamodb.ts";
import { lanesOf } from "./lanes.ts";
import { measureOurs } from "./ours.ts";

it("measures lanes in two processes on one table as one", { timeout: 60_000 }, async () => {
  const lanes = lanesOf(3).map((lane) => lane.slice(0, 3));
  const sample = await closing(startDynamoDbProcess(), (server) =>
    measureOurs(server, { lanes, latency: 1 }, 2),
  );
  expect(sample.requestsPerEvent).toBeCloseTo(0.2);
  expect(sample.eventsPerSecond).toBeGreaterThan(0);
  expect(sample.batchMedianMilliseconds).toBeGreaterThan(2);
});
