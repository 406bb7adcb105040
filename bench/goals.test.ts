import { describe, expect, it } from "vitest";
import { comparedOf, growthOf, sampleResults } from "./fixtures/results.ts";
import type { Counted } from "./goals/rule.ts";
import { goalsOf, goalsText } from "./goals.ts";
import type { Compared, Growth, Results } from "./results.ts";

const results = sampleResults();

const COUNTED: Counted = {
  requestsPerEvent: 0.2,
  writeUnitsPerEvent: 4.55,
  writeUnitsPerEventWithRaw: 5.1,
  bytesAtStart: 348_120,
  bundleBytes: 655_000,
  importMilliseconds: { ours: 61.2, client: 57, textbook: 66 },
  costOfAMillion: { main: 4.512, beside: 0.8 },
  drain: [
    { lanes: 1, seconds: 2_000 },
    { lanes: 16, seconds: 45 },
  ],
};

const judged = (name: RegExp, given: Partial<Results>, counted: Counted = {}) => {
  const goals = goalsOf({ ...results, compared: [], growth: [], ...given }, counted);
  return goals.find((goal) => name.test(goal.name));
};

/** Ours and another, at 4 ms, with the given figure. */
const sideBySide = (other: Compared["contender"], ours: number, theirs: number, lanes = 1) => ({
  compared: [
    comparedOf("ours", { latency: 4, lanes }, { eventsPerSecond: ours }),
    comparedOf(other, { latency: 4, lanes }, { eventsPerSecond: theirs }),
  ],
});

describe("the goals", () => {
  it("are all judged in a whole run", () => {
    const goals = goalsOf(results, COUNTED);
    expect(goals).toHaveLength(18);
    expect(goals.filter(({ met }) => met !== true)).toEqual([]);
  });

  it("are neither met nor missed where nothing was measured", () => {
    for (const goal of goalsOf({ ...results, compared: [], growth: [] }, {})) {
      expect(goal).toMatchObject({ measured: "not measured", met: null });
    }
  });

  it("are told a line each, the missed ones in capitals", () => {
    const lines = goalsText(results, { ...COUNTED, writeUnitsPerEvent: 5 }).split("\n");
    expect(lines).toHaveLength(18);
    expect(lines.filter((line) => line.startsWith("  MISS  "))).toEqual([
      expect.stringMatching(/write units per event, `raw` off +5\.00 \(≤ 4\.7\)$/),
    ]);
  });

  it("go by the least CPU time of the rounds, to which a busy machine only adds", () => {
    const cpu = (least: number, median: number) => ({
      cpuMillisecondsPerEvent: { least, median, most: median },
    });
    const [ours, floor] = (["ours", "floor"] as const).map((name) => comparedOf(name, {}, {}));
    const compared = [
      { ...ours, figures: { ...ours?.figures, ...cpu(1.4, 9) } },
      { ...floor, figures: { ...floor?.figures, ...cpu(1, 1) } },
    ] as Compared[];
    expect(judged(/CPU/, { compared })).toMatchObject({ measured: "1.40 ×", met: true });
  });

  it("show how far the floor is from what it is held against", () => {
    const { compared } = sideBySide("sync-engine", 400, 100);
    const floor = comparedOf("floor", { latency: 4, lanes: 1 }, { eventsPerSecond: 450 });
    const goal = judged(/sync-engine, 1 lane/, { compared: [...compared, floor] });
    expect(goal).toMatchObject({ measured: "4.00 ×, floor 4.50 ×", met: false });
  });

  it("show as many digits as it takes to see why one is missed", () => {
    expect(judged(/`raw` off/, {}, { writeUnitsPerEvent: 4.7 })).toMatchObject({
      measured: "4.70",
      met: true,
    });
    expect(judged(/`raw` off/, {}, { writeUnitsPerEvent: 4.7004 })).toMatchObject({
      measured: "4.7004",
      met: false,
    });
  });
});

describe("a goal of speed", () => {
  it.each([
    ["floor", 75, 74, 100, 1],
    ["textbook", 900, 899, 100, 1],
    ["two-writes", 450, 449, 100, 1],
    ["sync-engine", 500, 499, 100, 1],
    ["sync-engine", 150, 149, 100, 10],
  ] as const)(
    "against %s is met with %d events per second and missed with %d, of %d",
    (other, met, missed, theirs, lanes) => {
      const name = new RegExp(`against ${other}, ${lanes} lane`);
      expect(judged(name, sideBySide(other, met, theirs, lanes))?.met).toBe(true);
      expect(judged(name, sideBySide(other, missed, theirs, lanes))?.met).toBe(false);
    },
  );

  it("compares what ran at 4 ms with as many lanes, and nothing else", () => {
    const compared = [
      comparedOf("ours", { latency: 4, lanes: 10 }, { eventsPerSecond: 900 }),
      comparedOf("ours", { latency: 0 }, { eventsPerSecond: 900 }),
      comparedOf("ours", { latency: 4, answering: "canned" }, { eventsPerSecond: 900 }),
      comparedOf("textbook", { latency: 4 }, { eventsPerSecond: 100 }),
    ];
    expect(judged(/against textbook/, { compared })?.met).toBeNull();
  });

  it("of CPU time holds in the worst setting in which ours and floor ran alone", () => {
    const both = (answering: Compared["answering"], ours: number) => [
      comparedOf("ours", { answering }, { cpuMillisecondsPerEvent: ours }),
      comparedOf("floor", { answering }, { cpuMillisecondsPerEvent: 0.2 }),
    ];
    const well = both("canned", 0.2);
    expect(judged(/CPU/, { compared: [...well, ...both("database", 0.3)] })).toMatchObject({
      measured: "1.50 ×",
      met: true,
    });
    expect(judged(/CPU/, { compared: [...well, ...both("database", 0.31)] })).toMatchObject({
      measured: "1.55 ×",
      met: false,
    });
  });
});

describe("a goal of size or cost", () => {
  it.each<[string, RegExp, Counted, Counted]>([
    ["requests", /requests/, { requestsPerEvent: 0.2 }, { requestsPerEvent: 0.201 }],
    ["raw", /`raw` on/, { writeUnitsPerEventWithRaw: 5.2 }, { writeUnitsPerEventWithRaw: 5.21 }],
    ["bytes", /bundle, minified/, { bytesAtStart: 400_000 }, { bytesAtStart: 400_001 }],
    [
      "dollars",
      /a million/,
      { costOfAMillion: { main: 4.7, beside: 9 } },
      { costOfAMillion: { main: 4.71, beside: 0 } },
    ],
    [
      "what is beside",
      /beside/,
      { costOfAMillion: { main: 9, beside: 1 } },
      { costOfAMillion: { main: 0, beside: 1.01 } },
    ],
  ])("flips when its figure crosses the limit: %s", (_, name, met, missed) => {
    expect(judged(name, {}, met)?.met).toBe(true);
    expect(judged(name, {}, missed)?.met).toBe(false);
  });

  it.each([
    [62, 57, 70, true],
    [62.1, 57, 70, false],
    [60, 57, 60, false],
  ])("an import of %d ms, with %d for the client and %d for textbook: %s", (ours, client, textbook, met) => {
    expect(judged(/import/, {}, { importMilliseconds: { ours, client, textbook } })?.met).toBe(met);
  });

  it("says how much of the bundle a start loads", () => {
    expect(judged(/bundle, minified/, {}, COUNTED)?.measured).toBe("348.12 of 655 KB");
  });
});

describe("a goal of growth", () => {
  const rows = (...values: number[]) => ({
    growth: [
      growthOf(
        "rows",
        "rows",
        values.map((value, index) => [[10, 1_000, 1_000_000][index] ?? 0, value, null]),
      ),
    ],
  });

  it("looks at every number of rows, not at the last alone", () => {
    expect(judged(/rows/, rows(100, 80, 120))?.met).toBe(true);
    expect(judged(/rows/, rows(100, 79, 120))?.met).toBe(false);
    expect(judged(/rows/, rows(100, 79))?.met).toBeNull();
  });

  it("wants time to grow as events do", () => {
    const events = (power: number): Growth =>
      growthOf(
        "events",
        "events",
        [1_000, 4_000, 16_000].map((at) => [at, at / at ** power, null]),
      );
    expect(judged(/exponent/, { growth: [events(1.09)] })?.met).toBe(true);
    expect(judged(/exponent/, { growth: [events(1.11)] })?.met).toBe(false);
  });

  it("wants as many lanes as cores to handle as many times more, whatever further lanes do", () => {
    const lanes = (two: number): Growth =>
      growthOf("lanes", "lanes", [
        [1, 100, null],
        [2, two, null],
        [4, 10, null],
      ]);
    expect(judged(/as many lanes/, { growth: [lanes(160)] })).toMatchObject({
      measured: "0.80 ×",
      met: true,
    });
    expect(judged(/as many lanes/, { growth: [lanes(159)] })?.met).toBe(false);
    const oneCore = { machine: { ...results.machine, cores: 1 } };
    expect(judged(/as many lanes/, { growth: [lanes(160)], ...oneCore })?.met).toBeNull();
  });

  it("wants 40 workers on one stock row to finish", () => {
    const hot = (workers: number): Growth =>
      growthOf("hot-row", "workers", [
        [1, 100, null],
        [workers, 50, null],
      ]);
    expect(judged(/stock row/, { growth: [hot(40)] })).toMatchObject({
      measured: "finish, at 50 events per second",
      met: true,
    });
    expect(judged(/stock row/, { growth: [hot(20)] })?.met).toBeNull();
  });

  it("states how long a backlog takes", () => {
    expect(judged(/backlog/, {}, COUNTED)?.measured).toBe("lanes: 1 in 33.3 min, 16 in 45 s");
  });
});
