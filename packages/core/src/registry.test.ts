import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { nounNamed, nounOf } from "./registry.ts";

const OWN = ["customer", "subscription", "checkout.session"];

describe("the noun of a Stripe object type", () => {
  it("is its own, where it has one", () => {
    expect(OWN.map((type) => nounOf(type).name)).toEqual(["customer", "subscription", "order"]);
  });

  it("is the generic one for every other type, whatever its name", () => {
    for (const type of ["mandate", "order", "constructor", "__proto__", ""]) {
      expect(nounOf(type).name).toBe("generic");
    }
  });
});

describe("a noun", () => {
  const nouns = [...OWN, "mandate"].map(nounOf);

  it("is found by its name, which is its file's", () => {
    for (const noun of nouns) {
      expect(nounNamed(noun.name)).toBe(noun);
      expect(existsSync(new URL(`nouns/${noun.name}.ts`, import.meta.url))).toBe(true);
    }
  });

  it("has a name that needs no escaping in a key, and sorts after the ledger", () => {
    for (const { name } of nouns) expect(name).toMatch(/^[a-z_-]+$/);
  });

  it("is an error where there is none of that name", () => {
    expect(() => nounNamed("ticket")).toThrow("No noun is named ticket.");
    expect(() => nounNamed("constructor")).toThrow();
  });
});
