import { deliver, historyOf, nothingTold } from "@stripe-lanes/testing/core/simulated";
import { seeded } from "@stripe-lanes/testing/random";
import type { StripeEvent } from "@stripe-lanes/testing/stripe/event";
import { describe, expect, it } from "vitest";
import type { Type } from "../../../scripts/docs/declarations.ts";
import { factFiles, factTypesDeclared, factTypesInUse } from "../../../scripts/docs/fact-types.ts";
import { factsDocument } from "../../../scripts/docs/facts.ts";
import { namedIn, needsOf, WITH_NEEDS } from "../../../scripts/docs/needs.ts";
import { membersOf } from "../../../scripts/docs/resolve.ts";
import { stripeEvents } from "../../../scripts/docs/stripe-events.ts";

const EVENT_TYPES: ReadonlySet<string> = new Set(stripeEvents().map(({ type }) => type));

/** A sentence may name another fact, which needs as much. */
function eventTypesFor(fact: string): string[] {
  return namedIn(needsOf(fact)).flatMap((name) => (EVENT_TYPES.has(name) ? [name] : eventTypesFor(name)));
}

/** The names of what is told where each event is handled by itself, in its order. */
async function namesToldBy(events: readonly StripeEvent[]): Promise<Set<string>> {
  const told = nothingTold();
  await deliver(events, { ...seeded(1), integer: () => 0 }, told);
  return new Set(told.facts.map(({ name }) => name));
}

describe("the description of the facts", async () => {
  const files = await factFiles();
  const names = files.flatMap(({ facts }) => facts.map(({ name }) => name));

  it("has every type of facts that core tells", () => {
    expect(factTypesDeclared()).toEqual(factTypesInUse());
  });

  it("has a sentence on what each fact needs, and on nothing else", () => {
    expect(WITH_NEEDS).toEqual([...names].sort());
    expect(() => needsOf("tombola.drawn")).toThrow("does not say what the fact tombola.drawn needs");
  });

  it("says under which entity each is told", () => {
    const found = files.map(({ entity, facts }) => [entity, facts.map(({ name }) => name)]);
    expect(Object.fromEntries(found)).toMatchObject({
      customer: ["customer.created", "customer.deleted"],
      "payment-method": ["payment_method.detached", "payment_method.attached"],
      profile: ["access.granted", "access.revoked"],
      stock: ["stock.oversold"],
    });
  });

  it("has the members that a detail takes from other types", () => {
    const detailOf = (name: string): Type | undefined =>
      files.flatMap(({ facts }) => facts).find((fact) => fact.name === name)?.detail;
    const members = (name: string) => membersOf(detailOf(name) as Type).map((member) => member.name);
    expect(members("access.granted")).toEqual(["reason", "subscription", "until", "features"]);
    expect(members("payment_method.attached")).toContain("last4");
    expect(members("invoice.paid")).toEqual(expect.arrayContaining(["total", "paidAt"]));
  });

  it("is refused for a fact that nobody says what it needs", () => {
    const detail: Type = { kind: "object", members: [] };
    const made = { name: "tombola.drawn", when: "It is drawn.", detail };
    const file = { entity: "tombola", what: "", notes: [], facts: [made] };
    expect(() => factsDocument([file])).toThrow("the fact tombola.drawn needs");
  });
});

describe("what a fact needs", () => {
  it("is event types that Stripe has", () => {
    const named = WITH_NEEDS.map(eventTypesFor);
    expect(named.every((types) => types.length > 0 && types.every((type) => EVENT_TYPES.has(type)))).toBe(
      true,
    );
  });

  it("is enough for it to be told", { timeout: 120_000 }, async () => {
    const tried = new Set<string>();
    for (const seed of [1, 2, 3]) {
      const { events } = historyOf({ seed, actions: 150 });
      for (const name of await namesToldBy(events)) {
        if (tried.has(name)) continue;
        tried.add(name);
        const types = eventTypesFor(name);
        const told = await namesToldBy(events.filter(({ type }) => types.includes(type)));
        expect(told, `${name} by ${types.join(", ")}`).toContain(name);
      }
    }
    expect(tried.size).toBeGreaterThan(25);
  });
});
