import { handleBatch } from "@stripe-lanes/core/batch";
import { messageOf } from "@stripe-lanes/testing/events";
import { TEST_OPTIONS, testPorts } from "@stripe-lanes/testing/ports";
import { traffic } from "@stripe-lanes/testing/stripe/traffic";
import { describe, expect, it } from "vitest";
import { BATCH_SIZE } from "./batches.ts";
import { bodyOf, filled, meanBody, workload } from "./workload.ts";

const EVENTS = 2_000;
const { events } = traffic({ seed: 7, events: EVENTS });
const bodies = workload(7, EVENTS);

/** Every item of the table after all of them. */
async function rowsOf(texts: string[]) {
  const ports = testPorts();
  const messages = texts.map((body, index) => messageOf(body, { id: `msg_${index}` }));
  for (let start = 0; start < messages.length; start += BATCH_SIZE) {
    await handleBatch(messages.slice(start, start + BATCH_SIZE), ports, TEST_OPTIONS);
  }
  return ports.memory.items();
}

/** Each item by its keys and the seconds of its parts; who a cart's customer is comes from what is filled in alone. */
function versionsOf(items: Awaited<ReturnType<typeof rowsOf>>) {
  const rows = items.filter(({ sk }) => !sk.startsWith("reference#"));
  return rows.map(({ pk, sk, rev, gsi1pk, gsi2pk, parts }) => {
    const seconds = (parts as { second: number }[] | undefined)?.map(({ second }) => second);
    return { pk, sk, rev, gsi1pk, gsi2pk, seconds };
  });
}

describe("a workload", () => {
  it("has as many bodies as asked for, the same ones each time", () => {
    expect(bodies).toHaveLength(EVENTS);
    expect(workload(7, EVENTS)).toEqual(bodies);
    expect(workload(8, 50)).not.toEqual(bodies.slice(0, 50));
  });

  it("has bodies of 3.2 KB on average, most of them of 2 to 6 KB", () => {
    expect(meanBody(bodies)).toBeGreaterThan(3_150);
    expect(meanBody(bodies)).toBeLessThan(3_250);
    const usual = bodies.filter((body) => body.length >= 2_000 && body.length <= 6_000);
    expect(usual.length / bodies.length).toBeGreaterThan(0.75);
  });

  it("ends in the same rows as without what is filled in, but for what they keep of that", async () => {
    const plain = await rowsOf(events.map(bodyOf));
    expect(plain.length).toBeGreaterThan(EVENTS);
    expect(versionsOf(await rowsOf(bodies))).toEqual(versionsOf(plain));
  });

  it("changes nothing that the simulated Stripe says", () => {
    for (const event of events) expect(filled(event)).toMatchObject(withoutNulls(event) as object);
  });

  it("hands over what the lanes' rules do, and nothing that changes with a delivery", () => {
    const fields = ["id", "object", "type", "api_version", "created", "livemode", "data"];
    expect(Object.keys(JSON.parse(bodies[0] ?? ""))).toEqual(fields);
  });

  it("has no mean where there is nothing", () => {
    expect(() => meanBody([])).toThrow(RangeError);
  });
});

function withoutNulls(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(withoutNulls);
  const told = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(told.map(([name, member]) => [name, withoutNulls(member)]));
}
