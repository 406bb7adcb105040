import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf } from "./output.ts";

function collect() {
  const lines: string[] = [];
  return { lines, ...linesOf((line) => lines.push(line)) };
}

describe("lines of output", () => {
  it("are whole, wherever the text was cut, and never split at U+2028", () => {
    const text = fc
      .array(fc.constantFrom("a", "€", "😀", "\u2028", "\r", "\n"))
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(text, fc.array(fc.nat(40)), (whole, cuts) => {
        const { lines, read, end } = collect();
        const bytes = Buffer.from(whole);
        const at = [0, ...cuts.toSorted((a, b) => a - b), bytes.length];
        for (const [index, from] of at.entries()) read(bytes.subarray(from, at[index + 1]));
        end();
        expect(lines).toEqual(
          whole
            .replace(/\n$/, "")
            .split("\n")
            .slice(whole === "" ? 1 : 0),
        );
      }),
    );
  });

  it("are given when they end, an unfinished one when it is told to end", () => {
    const { lines, read, end } = collect();
    read("one\ntw");
    expect(lines).toEqual(["one"]);
    end();
    end();
    expect(lines).toEqual(["one", "tw"]);
  });
});
