import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawnIn } from "../fixtures/drawing.ts";
import { element, group, path, words } from "./svg.ts";

describe("SVG as text", () => {
  it("closes an element without content in its own tag, and writes coordinates to a tenth of a pixel", () => {
    expect(element("circle", { cx: 1 / 3, r: 3 })).toBe('<circle cx="0.3" r="3"/>');
    const points: [number, number][] = [
      [1, 2],
      [3.04, 4.06],
    ];
    expect(path(points, "line")).toBe('<path d="M1 2L3 4.1" class="line"/>');
  });

  it("tells whoever points at a group what it says", () => {
    expect(group(1, 2, ["<a/>"], "5 < 6")).toBe(
      '<g transform="translate(1 2)">\n<title>5 &lt; 6</title>\n<a/>\n</g>',
    );
  });

  it("keeps every text what it was, whatever signs it has", () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (text, kind) => {
        const [drawn] = drawnIn(words(text, 0, 0, { class: kind }));
        expect([drawn?.text, drawn?.attributes.class]).toEqual([text, kind]);
      }),
    );
  });
});
