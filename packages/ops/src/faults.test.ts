import { findQueue } from "@stripe-lanes/testing/local/sqs/state";
import { compare } from "@stripe-lanes/testing/stripe/compare";
import { type Traffic, traffic } from "@stripe-lanes/testing/stripe/traffic";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "./dump.ts";
import { BAD_INPUTS } from "./faults/catalogue.ts";
import { redriveParked } from "./faults/operators.ts";
import { type BadDay, startBadDay } from "./faults.ts";
import { feederOf } from "./feed.ts";
import { copiesMade, deliveriesSent, isFailure, reportOf, reportText } from "./report.ts";
import { WORKER } from "./worker.ts";

/** How a day goes wrong hangs on how fast the machine is; how often, and how it ends, must not. */
const TIMEOUT = 120_000;

const MOST_REDRIVES = 10;

const { signal } = new AbortController();

async function startDay(seed: number, simulated: Traffic): Promise<BadDay> {
  return startBadDay({ handler: WORKER }, { seed, events: simulated.events, signal });
}

async function liveThrough({ pipeline, feed, events, settled }: BadDay, seed: number): Promise<void> {
  const feeder = feederOf(pipeline, { seed, duplicates: false, shuffle: true, ...feed }, signal);
  await feeder.deliver(events);
  await settled();
}

/** The event and the reason of every message in the dead-letter queue; a reason that the queue itself does not know is null. */
function parkedIn({ pipeline: { aws, deployed } }: BadDay) {
  const { messages = new Map() } = findQueue(aws.sqs.state, deployed.parkedUrl) ?? {};
  return [...messages.values()].map(({ message }) => ({
    id: (JSON.parse(message.body) as { id: string }).id,
    reason: message.attributes?.reason?.StringValue ?? null,
  }));
}

const reasonsOf = (parked: { reason: string | null }[]) =>
  [...new Set(parked.map(({ reason }) => reason))].sort();

describe("the pipeline on a day on which everything goes wrong", { timeout: TIMEOUT }, () => {
  const SEED = 11;
  const simulated = traffic({ seed: SEED, events: 300 });
  let day: BadDay;

  const reported = async () => {
    const table = await readTable(day.pipeline);
    const truth = compare(table.rows, simulated);
    return {
      told: truth.told,
      report: reportOf(day.pipeline, { table, truth, seconds: 1, faults: day.counts }),
    };
  };

  beforeAll(async () => {
    day = await startDay(SEED, simulated);
    await liveThrough(day, SEED);
  }, TIMEOUT);
  afterAll(() => day.pipeline.close());

  it("sees every fault there is", () => {
    expect(Object.entries(day.counts).filter(([, count]) => count === 0)).toEqual([]);
  });

  it("has them really happen, as each service's own books say", () => {
    const { aws, mapping } = day.pipeline;
    const { retryInvocationAttempts, replayedEvents } = aws.events.state.metrics;
    const { failed, throttled, deletesFailed } = mapping.metrics();
    const { conflicts, throttles } = aws.dynamodb.metrics();
    const { counts } = day;
    expect(conflicts).toBeGreaterThanOrEqual(counts["write-conflict"]);
    expect(throttles).toBeGreaterThanOrEqual(counts["read-throttled"] + counts["write-throttled"]);
    expect(throttled).toBeGreaterThanOrEqual(counts.throttled);
    expect(failed).toBeGreaterThanOrEqual(counts["killed-before"] + counts["killed-after"] + counts.timeout);
    expect(deletesFailed).toBeGreaterThanOrEqual(counts["delete-lost"]);
    expect(retryInvocationAttempts).toBeGreaterThanOrEqual(counts["target-failed"]);
    expect(aws.copiesDelivered()).toBe(counts["rule-fires-twice"] + counts["target-answer-lost"]);
    expect(replayedEvents).toBeGreaterThan(0);
  });

  it("settles every delivery, whoever made it", async () => {
    const { pipeline, events, feed } = day;
    expect(deliveriesSent(pipeline)).toBe(events.length + feed.resends + copiesMade(pipeline));
    expect((await reported()).report).toMatchObject({ lost: 0 });
  });

  it("ends in the truth", async () => {
    const { told, report } = await reported();
    expect(told).toEqual([]);
    expect(isFailure(report)).toBe(false);
  });

  it("parks every bad event with its reason, and nobody else", () => {
    const parked = parkedIn(day);
    const bad = day.events
      .map(({ id }) => String(id))
      .filter((id) => !simulated.events.some((one) => one.id === id));
    expect([...new Set(parked.map(({ id }) => id))].sort()).toEqual(bad.sort());
    for (const { id, reason } of parked) expect(id).toContain(`evt_${reason}_`);
    expect(reasonsOf(parked)).toEqual([...BAD_INPUTS].sort());
  });

  it("says in its report what went wrong", async () => {
    const { report } = await reported();
    expect(report.faults).toMatchObject({ outage: 1, replay: 1 });
    expect(reportText(report)).toMatch(/^ {2}faults +\d+ {2}.*1 outage/m);
  });
});

describe("the same day, on a queue that gives up itself what it delivered once", {
  timeout: TIMEOUT,
}, () => {
  const SEED = 12;
  const simulated = traffic({ seed: SEED, events: 120 });
  let day: BadDay;

  beforeAll(async () => {
    day = await startDay(SEED, simulated);
    const { aws, deployed } = day.pipeline;
    const deadLetterTargetArn = aws.sqs.queueArn("parked.fifo");
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
    await aws.sqs.command("SetQueueAttributes", {
      QueueUrl: deployed.queueUrl,
      Attributes: { RedrivePolicy },
    });
    await liveThrough(day, SEED);
  }, TIMEOUT);
  afterAll(() => day.pipeline.close());

  /** A redrive leaves a second message of an event that it has sent: a person runs it again. */
  async function redriveInnocents(): Promise<void> {
    for (let runs = 0; runs < MOST_REDRIVES && reasonsOf(parkedIn(day)).includes(null); runs++) {
      await redriveParked(day.pipeline, signal);
      await day.pipeline.settled({ skipWaiting: true });
    }
  }

  it("has the innocent back by redrives, ends in the truth, and keeps only the bad", async () => {
    expect(reasonsOf(parkedIn(day))).toContain(null);
    await redriveInnocents();
    expect(reasonsOf(parkedIn(day))).toEqual([...BAD_INPUTS].sort());
    expect(compare((await readTable(day.pipeline)).rows, simulated).told).toEqual([]);
  });
});
