import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { documentScanner } from "./documents.ts";
import type { Piece } from "./piece.ts";

/** The pieces of a text that comes in parts of that size. */
function piecesOf(text: string, size = text.length || 1, longest = 1_000_000): Piece[] {
  const scanner = documentScanner(longest);
  const parts = text.match(new RegExp(`[^]{1,${size}}`, "gu")) ?? [];
  return [...parts.flatMap((part) => scanner.push(part)), ...scanner.end()];
}

/** One word for each piece: JSON as it is, and what is none by its kind and line. */
const told = (text: string, size?: number) =>
  piecesOf(text, size).map((piece) =>
    piece.kind === "document" ? piece.json : `${piece.kind} ${piece.line}`,
  );

const LISTEN = `> Ready! You are using Stripe API Version [2026-10-28.endive]. Your secret is whsec_1 (^C to quit)
2026-11-28 10:00:00   --> charge.succeeded [evt_1]
{
  "id": "evt_1"
}
2026-11-28 10:00:00  <--  [200] POST http://localhost:4242/webhook [evt_1]
[200] POST http://localhost:4242
{"id":"evt_2"}
`;

describe("the documents of a text", () => {
  it.each<[what: string, text: string, pieces: unknown[]]>([
    ["one a line", '{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
    ["with CRLF, empty lines and NUL bytes", '\r\n{"a":1}\r\n\r\n{"a":2}\0\0\r\n', [{ a: 1 }, { a: 2 }]],
    ["one after the other, over lines", '{\n "a": 1\n}{"a":\n2}\n', [{ a: 1 }, { a: 2 }]],
    ["with commas between", '{"a":1},\n{"a":2},\n', [{ a: 1 }, { a: 2 }]],
    ["a list, flush left", '[\n{"a":1},\n{"a":2}\n]\n', [[{ a: 1 }, { a: 2 }]]],
    ["with trailing commas", '[{"a":"x,]"},{"b":[1,],},\n]', [[{ a: "x,]" }, { b: [1] }]]],
    [
      "what stripe listen prints",
      LISTEN,
      ["text 1", "text 2", { id: "evt_1" }, "text 6", "text 7", { id: "evt_2" }],
    ],
    ["behind a time stamp", '2026-11-28T10:00:00.000Z {"a":1}\n', [{ a: 1 }]],
    ["behind text with a brace", '> some {text\n{"a":1}\n', ["text 1", { a: 1 }]],
    ["a list of numbers", "[1, 2]\n", [[1, 2]]],
    ["a tag that is not closed", '[INFO started\n{"a":1}', ["broken 1", { a: 1 }]],
    ["a broken line", '{"a":1}\n{broken\n{"a":2}\n', [{ a: 1 }, "broken 2", { a: 2 }]],
    ["a broken line with brackets", '{broken {"a":1}}\n{"a":2}\n', ["broken 1", { a: 2 }]],
    ["a line cut off in an object", '{"a":{"b":\n{"a":{\n{"a":2}\n', ["broken 1", { a: 2 }]],
    ["a line cut off in a string", '{"a":"x\n{"a":2}\n', ["broken 1", { a: 2 }]],
    ["an end that is missing", '{"a":1}\n{"a":"x', [{ a: 1 }, "cut 2"]],
    ["an end that is missing, and a line break", '{"a":1}\n{"a":"x\n', [{ a: 1 }, "cut 2"]],
    ["no JSON at the end", '{"a":1}\n{broken\n', [{ a: 1 }, "broken 2"]],
    ["no JSON at all", "hello\n\nworld", ["text 1", "text 3"]],
    ["nothing", "", []],
  ])("%s", (_, text, pieces) => {
    for (const size of [1, 2, 3, 7, 1_000]) expect(told(text, size)).toEqual(pieces);
  });

  it("are found in any JSON, in any layout, in pieces of any size", () => {
    const object = fc.object({ maxDepth: 2, maxKeys: 4 });
    const documents = fc.array(fc.oneof(object, fc.array(object, { maxLength: 3 })), { maxLength: 5 });
    const between = fc.constantFrom("", "\n", "\r\n\n", " ", ",\n", "\0");
    fc.assert(
      fc.property(
        documents,
        between,
        fc.constantFrom(0, 2, "\t"),
        fc.integer({ min: 1, max: 9 }),
        (all, gap, indent, size) => {
          const text = all.map((json) => JSON.stringify(json, null, indent)).join(gap);
          const expected = all.map((json) => JSON.parse(JSON.stringify(json)));
          expect(told(text, size)).toEqual(expected);
        },
      ),
    );
  });

  it("are all found but the last, wherever the text is cut off", () => {
    const object = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 });
    const documents = fc.array(object, { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(documents, fc.integer({ min: 1 }), (all, from) => {
        const texts = all.map((json) => JSON.stringify(json));
        const last = texts.at(-1) ?? "";
        const cut = last.slice(0, 1 + (from % (last.length - 1)));
        const text = [...texts.slice(0, -1), cut].join("\n");
        const whole = texts.slice(0, -1).map((one) => JSON.parse(one));
        expect(told(text)).toEqual([...whole, `cut ${texts.length}`]);
      }),
    );
  });

  it("may be nested 100,000 levels deep", () => {
    const levels = 100_000;
    const scanner = documentScanner(1_000_000);
    const [piece] = scanner.push(`{"a":${"[".repeat(levels)}${"]".repeat(levels)}}`);
    expect(piece?.kind === "document" && piece.depth).toBe(levels + 1);
  });

  it("end with one that is too long", () => {
    expect(piecesOf('{"a":1}{"a":"123456789"}{"a":2}', 5, 10)).toMatchObject([
      { kind: "document" },
      { kind: "long" },
    ]);
  });
});
