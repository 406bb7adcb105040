import { describe, expect, it } from "vitest";
import { type Drawn, drawnIn, overlaps, sheetOf, textBoxes } from "../fixtures/drawing.ts";
import { comparedOf, sampleResults } from "../fixtures/results.ts";
import type { Results } from "../results.ts";
import { told } from "../shown.ts";
import { comparison } from "./comparison.ts";

const results = sampleResults();
const svg = comparison(results);
const drawn = drawnIn(svg);

const textsIn = (elements: Drawn[]) => elements.filter(({ name }) => name === "text").map(({ text }) => text);
const barsIn = (elements: Drawn[]) =>
  elements.filter(({ name, attributes }) => name === "rect" && attributes.class !== "ground");
const widthsIn = (elements: Drawn[]) => barsIn(elements).map(({ attributes }) => Number(attributes.width));

const withOnly = (compared: Results["compared"]): Results => ({ ...results, compared });

describe("the plot of the comparison", () => {
  it("writes the median of every throughput beside its bar", () => {
    const medians = results.compared.map(({ figures }) => told(figures.eventsPerSecond?.median ?? 0));
    expect(textsIn(drawn)).toEqual(expect.arrayContaining(medians));
  });

  it("writes every other figure of the contenders that ran alone", () => {
    const alone = results.compared.filter(({ lanes, answering }) => lanes === 1 && answering === "database");
    const medians = alone.flatMap(({ figures }) => Object.values(figures).flatMap((one) => one ?? []));
    expect(medians).toHaveLength(72);
    expect(textsIn(drawn)).toEqual(expect.arrayContaining(medians.map(({ median }) => told(median))));
  });

  it("tells least and most to whoever points at a bar, and all of it to whoever cannot see", () => {
    const titles = drawn.filter(({ name }) => name === "title").map(({ text }) => text);
    expect(titles).toContain("ours, 10 lanes 1,761 (1,691 to 1,902)");
    const described = drawn.find(({ name }) => name === "desc")?.text;
    expect(described).toContain(
      "Events per second (4 ms a request; more is better): ours 512 (492 to 553), floor",
    );
    expect(described).toContain("Write units per event (no latency; less is better): ours 4.55, floor 3.95");
  });

  it("draws the times of batches where requests take long, and what latency does not change where they do not", () => {
    const described = drawn.find(({ name }) => name === "desc")?.text ?? "";
    expect(described.match(/^Milliseconds a batch, .* \(4 ms a request;/gm)).toHaveLength(2);
    expect(described.match(/^(CPU|Requests|Write|Read|Peak) .* \(no latency;/gm)).toHaveLength(5);
  });

  it("draws bars as long as their medians, from zero, in each panel to its own scale", () => {
    const both = withOnly([
      comparedOf("ours", {}, { eventsPerSecond: 900, cpuMillisecondsPerEvent: 0.2 }),
      comparedOf("floor", {}, { eventsPerSecond: 300, cpuMillisecondsPerEvent: 0.1 }),
    ]);
    const [ours = 0, floor = 0, ourCpu = 0, floorCpu = 0] = widthsIn(drawnIn(comparison(both)));
    expect(ours / floor).toBeCloseTo(3, 1);
    expect(ourCpu / floorCpu).toBeCloseTo(2, 1);
    expect(ours / ourCpu).toBeCloseTo(1, 0);
  });

  it("draws whiskers from the least to the most", () => {
    const one = drawnIn(comparison(withOnly([comparedOf("ours", {}, { eventsPerSecond: 100 })])));
    const [bar = 0] = widthsIn(one);
    const [whisker] = one.filter(({ attributes }) => attributes.class === "whisker");
    const [, least, most] = /M(\S+) \S+L(\S+) /.exec(whisker?.attributes.d ?? "") ?? [];
    const from = Number(barsIn(one)[0]?.attributes.x);
    expect((Number(least) - from) / bar).toBeCloseTo(0.96, 2);
    expect((Number(most) - from) / bar).toBeCloseTo(1.08, 2);
  });

  it("says which way is better in each panel, and cuts no words", () => {
    const notes = textsIn(drawn).filter((text) => /(more|less) is better$/.test(text));
    expect(notes).toHaveLength(10);
    expect(svg).not.toContain("…");
  });

  it("shows a contender that has no such figure without a bar", () => {
    const none = drawnIn(comparison(withOnly([comparedOf("sync-engine", {}, { eventsPerSecond: 80 })])));
    expect(barsIn(none)).toHaveLength(1);
    expect(textsIn(none).filter((text) => text === "–")).toHaveLength(7);
  });
});

describe("the sheet of the comparison", () => {
  const long = withOnly([
    ...results.compared,
    comparedOf("sync-engine", { lanes: 1_000_000, latency: 4 }, { eventsPerSecond: 1_234_567.8 }),
    comparedOf("two-writes", {}, { eventsPerSecond: 0.000_123_4, cpuMillisecondsPerEvent: 123_456 }),
  ]);
  const machine = { ...results.machine, cpu: 'A "CPU" & <more> of an unusually long name, '.repeat(4) };

  it.each([
    ["a usual run", results],
    ["long names and long numbers", long],
    ["a machine with a long name", { ...results, machine }],
  ])("has room for the words of %s", (_, given) => {
    const elements = drawnIn(comparison(given));
    const { width, height } = sheetOf(elements);
    const boxes = textBoxes(elements);
    const outside = boxes.filter(
      (box) => box.left < 0 || box.right > width || box.bottom > height || box.top < 0,
    );
    expect(outside).toEqual([]);
    expect(overlaps(boxes)).toEqual([]);
  });

  it("escapes what the machine calls itself", () => {
    expect(comparison({ ...results, machine })).toContain("A &quot;CPU&quot; &amp; &lt;more&gt;");
  });

  it("has colours for light and for dark, and asks nothing of the network", () => {
    expect(svg).toContain("@media (prefers-color-scheme: dark)");
    expect(svg.replace("http://www.w3.org/2000/svg", "")).not.toMatch(/https?:|@import|url\(/);
  });
});
