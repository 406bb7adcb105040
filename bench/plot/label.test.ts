import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fitting, widest, widthOf, wrapped } from "./label.ts";

const label = fc.record({ x: fc.nat(400), text: fc.string({ maxLength: 12 }) });

describe("labels on one line", () => {
  it("give way to those that were named first", () => {
    const labels = [
      { x: 100, text: "1,000,000" },
      { x: 90, text: "100,000" },
      { x: 10, text: "10" },
    ];
    expect(fitting(labels, 11).map(({ text }) => text)).toEqual(["1,000,000", "10"]);
  });

  it("never touch, and the first of them always stays", () => {
    fc.assert(
      fc.property(fc.array(label, { minLength: 1 }), (labels) => {
        const kept = fitting(labels, 11).toSorted((a, b) => a.x - b.x);
        expect(kept).toContain(labels[0]);
        for (const [index, { x, text }] of kept.entries()) {
          const next = kept[index + 1];
          if (next === undefined) continue;
          expect(next.x - widthOf(next.text, 11) / 2).toBeGreaterThan(x + widthOf(text, 11) / 2);
        }
      }),
    );
  });
});

describe("the room that words take", () => {
  it("is that of the widest, and none where there are no words", () => {
    expect(widest(["a", "abc", "ab"], 10)).toBe(widthOf("abc", 10));
    expect(widest([], 10)).toBe(0);
  });

  it("is kept to by breaking between words, and no word is lost", () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,9}$/), { minLength: 1 }), (list) => {
        const lines = wrapped(list.join(" "), 11, 80);
        expect(lines.join(" ")).toBe(list.join(" "));
        expect(lines.filter((line) => widthOf(line, 11) > 80)).toEqual([]);
      }),
    );
  });

  it("is exceeded only by a word that is wider by itself", () => {
    expect(wrapped("a incomprehensibilities b", 11, 40)).toEqual(["a", "incomprehensibilities", "b"]);
  });
});
