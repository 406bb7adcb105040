import { describe, expect, it } from "vitest";
import { drain } from "./drain.ts";
import { LOAD, QUANTITIES } from "./fixtures/measured.ts";
import { DEFAULTS } from "./settings.ts";

/** Batches of 8 ms, 25 ms apart. */
const OF_A_LANE = 10 / 0.033;

const quantitiesWith = (told: Partial<typeof LOAD>) => ({ ...QUANTITIES, snapshot: { ...LOAD, ...told } });
const light = quantitiesWith({ writeUnits: { perBatch: 0, perEvent: 0.01 } });

describe("a backlog", () => {
  it("drains one batch of a lane after another", () => {
    const { seconds, eventsPerSecond, limit } = drain(1_000_000, 1, QUANTITIES, DEFAULTS);
    expect(eventsPerSecond).toBeCloseTo(OF_A_LANE);
    expect(seconds).toBeCloseTo(3_300);
    expect(limit).toBe("lanes");
  });

  it("drains by as many lanes as there are workers", () => {
    expect(drain(1_000, 4, light, DEFAULTS)).toMatchObject({ limit: "lanes" });
    const { eventsPerSecond, limit } = drain(1_000, 16, light, { ...DEFAULTS, concurrency: 10 });
    expect(eventsPerSecond).toBeCloseTo(10 * OF_A_LANE);
    expect(limit).toBe("concurrency");
  });

  it("drains no faster than the table takes writes, of which raw makes more", () => {
    const all = { ...DEFAULTS, concurrency: 1_000 };
    expect(drain(1_000, 16, QUANTITIES, all)).toMatchObject({ eventsPerSecond: 1_000, limit: "write units" });
    expect(drain(1_000, 16, QUANTITIES, { ...all, raw: true }).eventsPerSecond).toBeCloseTo(4_000 / 6);
  });

  it("drains in twice the time when it is twice as long", () => {
    const once = drain(1_000, 4, QUANTITIES, DEFAULTS);
    expect(drain(2_000, 4, QUANTITIES, DEFAULTS).seconds).toBeCloseTo(2 * once.seconds);
  });
});
