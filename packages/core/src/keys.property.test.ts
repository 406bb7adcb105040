import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Snapshot } from "./event.ts";
import {
  identityOf,
  isLedgerKey,
  type Key,
  keyText,
  ledgerKey,
  type RowIdentity,
  relationKey,
  rowKey,
  statusKey,
} from "./keys.ts";
import type { Home } from "./noun.ts";

/** Every id of one or two of the characters that could break a key apart. */
const BREAKERS = ["a", "#", "%", ":", "\n"];
const PAIRS = BREAKERS.flatMap((one) => BREAKERS.map((two) => one + two));
const HOSTILE = [...BREAKERS, ...PAIRS, "%23", "%2523", "23", "#a#", "a\n#"];

const HOMES = ["own", "customer"] as const satisfies Home[];
const homes = fc.constantFrom(...HOMES);
/** Any characters at all, half ones too; and few, so that many ids are nearly alike. */
const character = fc.nat(0xffff).map((code) => String.fromCharCode(code));
const ids = fc.oneof(
  hostile(...BREAKERS, "2", "3", "5", "A", "0", "é", "\u0000", "😀"),
  hostile("#", "%", "2", "3"),
  fc.string({ unit: character, minLength: 1, maxLength: 6 }),
);
const identities = fc.record({
  tenant: ids,
  noun: fc.constant("generic"),
  id: ids,
  customer: fc.option(ids),
  object: ids,
}) satisfies fc.Arbitrary<RowIdentity>;

function hostile(...units: string[]): fc.Arbitrary<string> {
  return fc.string({ unit: fc.constantFrom(...units), minLength: 1, maxLength: 6 });
}

function row(changes: Partial<RowIdentity>): RowIdentity {
  return { tenant: "t", noun: "generic", object: "plan", id: "id", customer: null, ...changes };
}

function event(changes: Partial<Snapshot>): Snapshot {
  return {
    kind: "snapshot",
    id: "evt_1",
    type: "plan.updated",
    apiVersion: null,
    created: 1_792_000_000,
    livemode: false,
    account: null,
    object: { object: "plan", id: "id" },
    previous: null,
    ...changes,
  };
}

function distinct(keys: Key[]): number {
  return new Set(keys.map(keyText)).size;
}

/** Every pair of hostile ids. */
function pairs<T>(make: (one: string, other: string) => T): T[] {
  return HOSTILE.flatMap((one) => HOSTILE.map((other) => make(one, other)));
}

describe("whatever characters ids hold", () => {
  it("no two rows share a key, by tenant, id and customer", () => {
    const customers = [null, ...HOSTILE];
    const keys = pairs((tenant, id) =>
      customers.map((customer) => rowKey("customer", row({ tenant, id, customer }))),
    ).flat();
    expect(distinct(keys)).toBe(HOSTILE.length ** 2 * customers.length);
  });

  it("no two rows share a key, by object type and id", () => {
    const keys = pairs((object, id) => HOMES.map((home) => rowKey(home, row({ object, id, customer: "c" }))));
    expect(distinct(keys.flat())).toBe(2 * HOSTILE.length ** 2);
  });

  it("no two events share a ledger key, by tenant, event and object", () => {
    const byEvent = pairs((tenant, id) => ledgerKey(tenant, event({ id })));
    const byObject = pairs((tenant, id) =>
      ledgerKey(tenant, event({ id: "evt", object: { object: "plan", id } })),
    );
    expect(distinct(byEvent)).toBe(byEvent.length);
    expect(distinct(byObject)).toBe(byObject.length);
  });

  it("no two ways to cut one text into tenant and id make one key", () => {
    const pieces = fc.array(ids, { minLength: 3, maxLength: 5 });
    fc.assert(
      fc.property(pieces, fc.constantFrom("#", "\n", ":", "%", "%23"), (text, cut) => {
        const names = text.slice(1).map((_, at) => [text.slice(0, at + 1), text.slice(at + 1)]);
        const cuts = names.map((halves) => halves.map((half) => half.join(cut)) as [string, string]);
        const rows = cuts.map(([tenant, id]) => rowKey("own", row({ tenant, id })));
        const customers = cuts.map(([customer, id]) => rowKey("customer", row({ customer, id })));
        const events = cuts.map(([tenant, id]) =>
          ledgerKey(tenant, event({ object: { object: "plan", id } })),
        );
        const all = [...rows, ...customers, ...events];
        expect(distinct(all)).toBe(all.length);
      }),
    );
  });

  it("no two kinds, statuses or tenants share an index partition", () => {
    const partitions = pairs((object, status) => statusKey(row({ object }), status).gsi2pk);
    const tenants = pairs((tenant, status) => statusKey(row({ tenant }), status).gsi2pk);
    expect(new Set(partitions).size).toBe(partitions.length);
    expect(new Set(tenants).size).toBe(tenants.length);
  });

  it("no row's key is a ledger row's", () => {
    fc.assert(
      fc.property(homes, identities, (home, identity) => {
        expect(isLedgerKey(rowKey(home, identity))).toBe(false);
      }),
    );
  });

  it("a row's key reads back to the row, whose customer an own row does not name", () => {
    fc.assert(
      fc.property(homes, identities, (home, identity) => {
        const customer = home === "customer" ? identity.customer : null;
        expect(identityOf(rowKey(home, identity))).toEqual({ ...identity, customer });
      }),
      { numRuns: 500 },
    );
  });

  it("a row's relation is its key in the other home", () => {
    fc.assert(
      fc.property(identities, ids, (identity, customer) => {
        const named = { ...identity, customer };
        fc.pre(customer !== identity.id);
        const [own, withCustomer] = [rowKey("own", named), rowKey("customer", named)];
        expect(relationKey("customer", named)).toEqual({ gsi1pk: own.pk, gsi1sk: own.sk });
        expect(relationKey("own", named)).toEqual({ gsi1pk: withCustomer.pk, gsi1sk: withCustomer.sk });
      }),
    );
  });

  it("a key as one text is two lines, so that no key's text is another's", () => {
    fc.assert(
      fc.property(homes, identities, (home, identity) => {
        const { pk, sk } = rowKey(home, identity);
        expect(keyText({ pk, sk }).split("\n")).toEqual([pk, sk]);
      }),
    );
  });

  it("the ledger sorts by second, until the year 2286", () => {
    const second = fc.integer({ min: 0, max: 9_999_999_998 });
    fc.assert(
      fc.property(second, ids, ids, (created, id, later) => {
        const next = ledgerKey("t", event({ created: created + 1, id: later }));
        expect(ledgerKey("t", event({ created, id })).sk < next.sk).toBe(true);
      }),
    );
  });

  it("keys stay within DynamoDB's 2,048 and 1,024 bytes, even of the longest ids", () => {
    const longest = "%".repeat(255);
    const identity = {
      tenant: longest,
      noun: "generic",
      object: "#".repeat(80),
      id: longest,
      customer: longest,
    };
    const { gsi2pk, gsi2sk } = statusKey(identity, "past_due");
    const ledger = ledgerKey(longest, event({ id: longest, object: { object: "plan", id: longest } }));
    const keys = [...HOMES.map((home) => rowKey(home, identity)), { pk: gsi2pk, sk: gsi2sk }, ledger];
    expect(Math.max(...keys.map(({ pk }) => Buffer.byteLength(pk)))).toBeLessThanOrEqual(2048);
    expect(Math.max(...keys.map(({ sk }) => Buffer.byteLength(sk)))).toBeLessThanOrEqual(1024);
  });
});
