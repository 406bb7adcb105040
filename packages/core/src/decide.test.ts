import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fetchText, searchText } from "./decide.ts";

/** Names as Stripe's are, and so short that the same letters come up, cut elsewhere. */
const names = fc.stringMatching(/^[a_]{1,4}$/);
const triples = fc.uniqueArray(fc.tuple(names, names, names), {
  minLength: 2,
  selector: (names) => names.join(" "),
});

describe("what a decision asks for", () => {
  it("is known by a text of its own, where Stripe is asked", () => {
    fc.assert(
      fc.property(triples, (all) => {
        const texts = all.map(([account, objectType, id]) =>
          fetchText({ account, objectType, id, url: null }),
        );
        expect(new Set(texts).size).toBe(all.length);
      }),
    );
  });

  it("is known by a text of its own, where the index is asked", () => {
    fc.assert(
      fc.property(triples, (all) => {
        const texts = all.map(([tenant, noun, id]) => searchText({ tenant, noun, id }));
        expect(new Set(texts).size).toBe(all.length);
      }),
    );
  });
});
