// Whatever becomes of an event's bytes on the way, parsing gives an event or says `Malformed` (D7).
import { Malformed } from "@stripe-lanes/core/errors";
import { parseEvent } from "@stripe-lanes/core/event";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { traffic } from "../stripe/traffic.ts";

/** Events as Stripe sends them, of every type that a few days of billing bring, and a thin one. */
const BODIES = bodiesOf(traffic({ seed: 5, events: 300 }).events);

function bodiesOf(events: { type: string }[]): string[] {
  const byType = new Map(events.map((event) => [event.type, JSON.stringify(event)]));
  const thin = {
    object: "v2.core.event",
    id: "evt_thin",
    type: "v1.customer.updated",
    created: "2026-11-01T00:00:00Z",
    livemode: false,
    related_object: { id: "cus_1", type: "customer", url: "/v1/customers/cus_1" },
  };
  return [...byType.values(), JSON.stringify(thin)];
}

const bodies = fc.constantFrom(...BODIES);

/** Why a body is refused, or null where it is an event; any other error is let through. */
function refusalOf(body: string): string | null {
  try {
    parseEvent(body);
    return null;
  } catch (error) {
    if (error instanceof Malformed) return error.reason;
    throw error;
  }
}

/** JSON that breaks what trusts it: some of it no value of a program could be written as. */
const levels = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 1, max: 200 }) },
  { weight: 1, arbitrary: fc.constant(15_000) },
);
const hostile = fc.oneof(
  levels.map((deep) => "[".repeat(deep) + "]".repeat(deep)),
  levels.map((deep) => `${'{"a":'.repeat(deep)}1${"}".repeat(deep)}`),
  fc.stringMatching(/^-?[1-9][0-9]{0,400}(\.[0-9]{1,40})?([eE][-+]?[0-9]{1,5})?$/),
  fc.integer({ min: 0xd800, max: 0xdfff }).map((half) => `"cus_\\u${half.toString(16)}"`),
  fc.constantFrom('{"__proto__":{"id":"evt_1"}}', '{"constructor":{"prototype":{"id":1}}}', '{"id":{}}'),
  fc.constantFrom('{"toString":null,"hasOwnProperty":1,"length":-1}', '"__proto__"', "[[]]", '""', "null"),
);

/** The body with its values at these places, counted from the innermost on, replaced by other JSON. */
function withValues(body: string, replacements: [place: number, by: string][]): string {
  let values = 0;
  JSON.parse(body, () => values++);
  const marks = new Map(replacements.map(([place], index) => [place % values, `\u0001${index}\u0001`]));
  let value = 0;
  const marked = JSON.stringify(JSON.parse(body, (_, was) => marks.get(value++) ?? was));
  return marked.replaceAll(
    /"\\u0001(\d+)\\u0001"/g,
    (_, index: string) => replacements[Number(index)]?.[1] ?? "",
  );
}

const spoilt = fc
  .tuple(bodies, fc.array(fc.tuple(fc.nat(), hostile), { minLength: 1, maxLength: 4 }))
  .map(([body, replacements]) => withValues(body, replacements));

describe("an event that Stripe sent", () => {
  it("is an event, of every type", () => {
    expect(BODIES.length).toBeGreaterThan(30);
    expect(BODIES.map(refusalOf)).toEqual(BODIES.map(() => null));
  });

  it("is no JSON any more wherever it is cut off", () => {
    fc.assert(
      fc.property(bodies, fc.nat(), (body, length) => {
        expect(refusalOf(body.slice(0, length % body.length))).toBe("not-json");
      }),
    );
  });

  it("is an event or malformed, whatever bytes of it are others", () => {
    fc.assert(
      fc.property(bodies, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }), (body, changes) => {
        const bytes = Buffer.from(body);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        expect(refusalOf(bytes.toString("utf8"))).toBeOneOf([
          null,
          "not-json",
          "not-an-event",
          "unsafe-number",
        ]);
      }),
      { numRuns: 500 },
    );
  });

  it("is an event or malformed, whatever values it holds: deep, huge, half a character, a trap", () => {
    fc.assert(
      fc.property(spoilt, (body) => {
        expect(refusalOf(body)).toBeOneOf([null, "not-an-event", "unsafe-number"]);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("bytes that nobody sent", () => {
  it("are malformed", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), (bytes) => {
        expect(refusalOf(Buffer.from(bytes).toString("utf8"))).toBeOneOf([
          "not-json",
          "not-an-event",
          "unsafe-number",
        ]);
      }),
      { numRuns: 500 },
    );
  });
});
