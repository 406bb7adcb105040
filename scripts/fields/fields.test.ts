import { beforeAll, describe, expect, it } from "vitest";
import type { StripeObject } from "../../packages/core/src/event.ts";
import { generic } from "../../packages/core/src/nouns/generic.ts";
import { nounOf } from "../../packages/core/src/registry.ts";
import { isSecretMember } from "../../packages/core/src/secret-members.ts";
import type { Type } from "../docs/declarations.ts";
import { nounFiles } from "../docs/nouns.ts";
import { stripeEvents } from "../docs/stripe-events.ts";
import { faultsOf } from "./check.ts";
import { pathsThatCount, put } from "./effect.ts";
import { covers, decisionsOf, type Fields } from "./fields.ts";
import { type Members, membersOf } from "./members.ts";
import { seenMembers } from "./seen.ts";
import { FIELDS, UNDECIDED } from "./tables.ts";

const TYPES = Object.keys(FIELDS);

const members = new Map<string, Members>();
let seen: ReadonlyMap<string, ReadonlySet<string>>;

beforeAll(() => {
  for (const type of TYPES) members.set(type, membersOf(type));
  seen = seenMembers(members);
}, 180_000);

/** What is wrong with the table of an object. */
function faults(type: string, fields: Fields, more: readonly string[] = []): string[] {
  const own = seen.get(type) ?? new Set();
  return faultsOf({
    type,
    fields,
    members: members.get(type) ?? new Map(),
    seen: new Set([...own, ...more]),
  });
}

describe("what becomes of each member of a Stripe object with an entity (D28)", () => {
  it("is decided for every such object that is not excepted, and for no other", () => {
    const objects = stripeEvents().flatMap((event) => event.objects.map(({ object }) => object));
    const withEntity = new Set(objects.filter((object) => nounOf(object).name !== "generic"));
    expect([...TYPES, ...UNDECIDED].toSorted()).toEqual([...withEntity].sort());
  });

  it.each(TYPES)(
    "is decided for each that the SDK types or an event has, and so, of %s",
    (type) => {
      expect(faults(type, FIELDS[type] as Fields)).toEqual([]);
    },
    60_000,
  );

  it.each(TYPES)("is a field that the state has, of %s", async (type) => {
    const files = await nounFiles();
    const states = files.find(({ name }) => name === nounOf(type).name)?.states ?? [];
    const known = new Set(states.flatMap((state) => fieldNames(state.type)));
    const named = Object.keys(FIELDS[type]?.kept ?? {}).flatMap((field) => field.split(/\[\]\.|\[\]|\./));
    expect(named.filter((name) => name !== "" && !known.has(name))).toEqual([]);
  });

  it("is tried with events of each object that Stripe is simulated to send", () => {
    const unseen = TYPES.filter((type) => seen.get(type)?.size === 0);
    expect(unseen).toEqual(NOT_SIMULATED);
  });
});

/** The simulated Stripe has no such objects. */
const NOT_SIMULATED: readonly string[] = [
  "account",
  "billing.alert_triggered",
  "billing.credit_balance_transaction",
  "billing.credit_grant",
  "cash_balance",
  "tax_id",
];

function fieldNames(type: Type): string[] {
  if (type.kind === "name") return [];
  if (type.kind === "array") return fieldNames(type.of);
  if (type.kind !== "object") return type.of.flatMap(fieldNames);
  return type.members.flatMap(({ name, type: inner }) => [name, ...fieldNames(inner)]);
}

describe("what lets somebody pay or sign in as the customer", () => {
  const isSecret = (type: string, path: string) =>
    path.split(".").some((step, index, steps) => {
      const above = steps
        .slice(0, index + 1)
        .join(".")
        .replaceAll("[]", "");
      return isSecretMember(`${type}.${above}`, step.replace("[]", ""));
    });

  it("is in no state of an entity, but for the page of an open invoice and what a bank transfer still lacks", () => {
    const kept = TYPES.flatMap((type) => {
      const counting = [...pathsThatCount(type, members.get(type) ?? new Map())];
      return counting.filter((path) => isSecret(type, path)).map((path) => `${type}.${path}`);
    });
    const lacking = "payment_intent.next_action.display_bank_transfer_instructions.amount_remaining";
    expect(kept).toEqual(["invoice.hosted_invoice_url", lacking]);
    const open = { object: "invoice", status: "open", hosted_invoice_url: "https://invoice.example/x" };
    const states = ["open", "paid"].map((status) =>
      nounOf("invoice").project({ ...open, status }, "invoice.paid"),
    );
    expect(states.map((state) => JSON.stringify(state).includes("https"))).toEqual([true, false]);
  }, 60_000);

  it("is in no generic row of a type that Stripe has", () => {
    const objects = new Set(stripeEvents().flatMap((event) => event.objects.map(({ object }) => object)));
    const types = [...objects].filter((type) => nounOf(type).name === "generic");
    expect(types.length).toBeGreaterThan(40);
    for (const type of types) {
      const object = [...membersOf(type).keys()].reduce<StripeObject>(
        (whole, path) => put(whole, path, isSecret(type, path) ? "SECRET" : "plain", true),
        { object: type },
      );
      expect(JSON.stringify(generic.project(object, `${type}.updated`)), type).not.toContain("SECRET");
    }
  }, 60_000);
});

describe("a table of members", () => {
  const coupon = FIELDS.coupon as Fields;

  it("fails for a member that nobody has decided about: of the SDK, or of an event", () => {
    const { currency: _, ...kept } = coupon.kept;
    expect(faults("coupon", { ...coupon, kept })).toEqual([
      "coupon: what becomes of currency? Decide in scripts/fields/objects.",
    ]);
    expect(faults("coupon", coupon, ["brand_new"])).toEqual([
      "coupon: what becomes of brand_new? Decide in scripts/fields/objects.",
    ]);
  });

  it("fails for a member that is decided twice, or is nowhere", () => {
    const left = { ...coupon.left, "No reason.": "name withdrawn" };
    expect(faults("coupon", { ...coupon, left })).toEqual([
      "coupon: name is decided 2 times.",
      "coupon: there is no member withdrawn.",
    ]);
  });

  it("fails for one that is said to be kept and is not, or to be left out and is kept", () => {
    const { valid: _, ...kept } = coupon.kept;
    const left = { "Not true.": "valid currency_options.*" };
    const untrue = { ...coupon, kept: { ...kept, applies: "applies_to.*" }, left };
    expect(faults("coupon", untrue)).toEqual([
      "coupon: applies_to.products[] is said to be applies, and is not.",
      "coupon: valid is said to be left out, and is kept.",
    ]);
  });

  it("has the most exact path count", () => {
    expect([
      covers("a.*", "a"),
      covers("a.*", "a.b.c"),
      covers("a.*", "a[].b"),
      covers("a.b", "a.b"),
    ]).toEqual([true, true, true, true]);
    expect([covers("a.*", "ab"), covers("a", "a.b"), covers("a[].*", "a")]).toEqual([false, false, false]);
  });

  it("names each member once, in order", () => {
    const table = { kept: { one: "b a" }, derived: { two: "c" }, left: { "No.": "d.*" } };
    const named = decisionsOf(table).map(({ member }) => member);
    expect(named).toEqual(["a", "b", "c", "d.*", "id", "livemode", "object"]);
  });
});

describe("the members that the SDK types", () => {
  it("go down to texts and numbers, through lists, unions and namespaces", () => {
    const paths = new Set(membersOf("invoice").keys());
    expect(paths).toContain("lines[].period.start");
    expect(paths).toContain("last_finalization_error.code");
    expect(paths).toContain("payment_settings.payment_method_types[]");
  });

  it("stop at a reference to another object, and at a map", () => {
    const paths = [...membersOf("charge").keys()];
    expect(paths).toContain("customer");
    expect(paths.filter((path) => /^(customer|metadata|refunds\[\])[.[]/.test(path))).toEqual([]);
  });

  it("have the words that Stripe lists for a status", () => {
    expect(membersOf("invoice").get("status")).toEqual(expect.arrayContaining(["draft", "open", "paid"]));
  });

  it("are refused for an object that there is none of", () => {
    expect(() => membersOf("tombola")).toThrow("declares no object tombola");
  });
});
