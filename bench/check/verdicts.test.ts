import { describe, expect, it } from "vitest";
import type { Figures } from "./figures.ts";
import { adviceOn, verdictsOf, verdictsText } from "./verdicts.ts";

const COMMITTED: Figures = {
  requestsPerEvent: 0.2,
  writeUnitsPerEvent: 4,
  writeUnitsPerEventWithRaw: 4.5,
  readUnitsPerEvent: 0.8,
  writeUnitsPerEventAlone: 5,
  readUnitsPerEventAlone: 1,
  bundleBytes: 800_000,
  bytesAtStart: 360_000,
  allocatedBytesPerEvent: 70_000,
  simulatedRequestsPerEvent: 0.2,
  simulatedWriteUnitsPerEvent: 4.4,
  simulatedReadUnitsPerEvent: 0.9,
  simulatedWriteUnitsPerEventAlone: 5.7,
  simulatedReadUnitsPerEventAlone: 1.1,
};

function verdictOn(figure: keyof Figures, measured: number) {
  const verdicts = verdictsOf(COMMITTED, { ...COMMITTED, [figure]: measured });
  return verdicts.find((one) => one.figure === figure)?.verdict;
}

describe("the machine-independent figures", () => {
  it("are all looked at, and the same where nothing changed", () => {
    const verdicts = verdictsOf(COMMITTED, { ...COMMITTED });
    expect(verdicts.map(({ figure }) => figure)).toEqual(Object.keys(COMMITTED));
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(verdicts.map(() => "same"));
  });

  it.each([
    ["requestsPerEvent", 0.2002],
    ["writeUnitsPerEvent", 4.0002],
    ["bytesAtStart", 364_000],
    ["allocatedBytesPerEvent", 71_000],
    ["simulatedWriteUnitsPerEventAlone", 5.71],
  ] as const)("are worse where %s is %d", (figure, measured) => {
    expect(verdictOn(figure, measured)).toBe("worse");
  });

  it.each([
    ["bytesAtStart", 363_000],
    ["allocatedBytesPerEvent", 70_500],
    ["requestsPerEvent", 0.2 + 1e-12],
  ] as const)("are the same where chance alone makes %s %d", (figure, measured) => {
    expect(verdictOn(figure, measured)).toBe("same");
  });

  it("are better where less is needed", () => {
    expect(verdictOn("writeUnitsPerEvent", 3.9)).toBe("better");
  });

  it.each([
    ["writeUnitsPerEvent", 4.3],
    ["writeUnitsPerEventAlone", 5.6],
  ] as const)("have a bar for %s: %d, whatever is committed", (figure, bar) => {
    expect(verdictOn(figure, bar)).toBe("worse");
    expect(verdictOn(figure, bar + 0.0002)).toBe("over");
    const measured = { ...COMMITTED, [figure]: bar + 0.0002 };
    expect(verdictsOf(measured, measured).find((one) => one.figure === figure)?.verdict).toBe("over");
  });

  it("are told one a line, with how far they are off and the bar", () => {
    const text = verdictsText(verdictsOf(COMMITTED, { ...COMMITTED, readUnitsPerEvent: 0.88 }));
    expect(text.split("\n")).toHaveLength(Object.keys(COMMITTED).length + 1);
    expect(text).toMatch(/^ {2}of an event +committed +measured +at most$/m);
    expect(text).toMatch(/^ {2}readUnitsPerEvent +0\.8000 +0\.8800 +worse, by 10\.0 %$/m);
    expect(text).toMatch(/^ {2}writeUnitsPerEvent +4\.0000 +4\.0000 +4\.3$/m);
    expect(text).toMatch(/^ {2}bundleBytes +800000 +800000$/m);
  });

  it("over a bar are told by how much", () => {
    const text = verdictsText(verdictsOf(COMMITTED, { ...COMMITTED, writeUnitsPerEvent: 8.6 }));
    expect(text).toMatch(/^ {2}writeUnitsPerEvent +4\.0000 +8\.6000 +4\.3 +over, by 100\.0 %$/m);
  });

  it("that were never committed are asked for in a sentence", () => {
    const { requestsPerEvent: _, ...committed } = COMMITTED;
    expect(() => verdictsOf(committed, COMMITTED)).toThrow(
      "bench/baseline.json has no requestsPerEvent: npm run bench -- --check --accept writes it.",
    );
  });

  it.each([
    [{}, "Nothing got worse."],
    [
      { requestsPerEvent: 0.1 },
      "Better: requestsPerEvent. Keep it so with npm run bench -- --check --accept.",
    ],
    [
      { requestsPerEvent: 0.3, readUnitsPerEvent: 0.7 },
      "Worse: requestsPerEvent. If that is worth it, npm run bench -- --check --accept commits to it.",
    ],
    [
      { requestsPerEvent: 0.3, writeUnitsPerEvent: 4.4 },
      "Over the bar: writeUnitsPerEvent. Nothing commits to that.",
    ],
  ])("end with what to do: %j", (measured, advice) => {
    expect(adviceOn(verdictsOf(COMMITTED, { ...COMMITTED, ...measured }))).toBe(advice);
  });
});
