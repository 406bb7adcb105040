import { describe, expect, it } from "vitest";
import { comparedOf } from "./fixtures/results.ts";
import { counted, inOrder, nameOf, settingsOf, spreadText, told } from "./shown.ts";

describe("numbers", () => {
  it.each([
    [1_386.4, "1,386"],
    [92.44, "92.4"],
    [3.951, "3.95"],
    [0.2, "0.2"],
    [0.000_421_9, "0.000422"],
    [0, "0"],
  ])("%d is told as %s", (value, text) => expect(told(value)).toBe(text));

  it("are told with what they count", () => {
    expect([1, 2, 1_000].map((count) => counted(count, "lane"))).toEqual([
      "1 lane",
      "2 lanes",
      "1,000 lanes",
    ]);
  });
});

describe("a spread", () => {
  it("is the median, and how far the farthest round lies from it on either side", () => {
    expect(spreadText({ median: 100, least: 88, most: 103 })).toBe("100 ±12%");
    expect(spreadText({ median: 100, least: 99, most: 104.4 })).toBe("100 ±4%");
  });

  it("is never told as none where there is some", () => {
    expect(spreadText({ median: 1_000, least: 999, most: 1_000 })).toBe("1,000 ±1%");
    expect(spreadText({ median: 4, least: 4, most: 4 })).toBe("4");
  });

  it("is a dash where there is nothing to measure", () => {
    expect(spreadText(null)).toBe("–");
  });
});

describe("what was compared", () => {
  const compared = [
    comparedOf("ours", { answering: "canned" }, {}),
    comparedOf("textbook", { latency: 4 }, {}),
    comparedOf("ours", { lanes: 10 }, {}),
    comparedOf("sync-engine", {}, {}),
    comparedOf("ours", {}, {}),
  ];

  it("comes by setting, then by lanes, then as the contenders are listed", () => {
    expect(inOrder(compared).map(nameOf)).toEqual([
      "ours",
      "sync-engine",
      "ours, 10 lanes",
      "textbook",
      "ours",
    ]);
  });

  it("names each setting once", () => {
    expect(settingsOf(compared)).toEqual([
      { answering: "database", latency: 0 },
      { answering: "database", latency: 4 },
      { answering: "canned", latency: 0 },
    ]);
  });
});
