import { describe, expect, it } from "vitest";
import type { Figures } from "./figures.ts";
import { verdictsOf, verdictsText } from "./verdicts.ts";

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

  it("are told one a line, with how far they are off", () => {
    const text = verdictsText(verdictsOf(COMMITTED, { ...COMMITTED, readUnitsPerEvent: 0.88 }));
    expect(text.split("\n")).toHaveLength(Object.keys(COMMITTED).length);
    expect(text).toMatch(/^ {2}readUnitsPerEvent +0\.8000 +0\.8800 {2}worse, by 10\.0 %$/m);
    expect(text).toMatch(/^ {2}bundleBytes +800000 +800000$/m);
  });
});
