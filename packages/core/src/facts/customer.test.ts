import { describe, expect, it } from "vitest";
import type { CustomerState } from "../nouns/customer.ts";
import { customerFacts } from "./customer.ts";
import { changeFrom, namesOf } from "./fixtures/change.ts";

const ADA: CustomerState = {
  email: "ada@example.com",
  name: "Ada",
  currency: "eur",
  balance: 0,
  delinquent: false,
  created: 10,
  metadata: { team: "one" },
};
const change = changeFrom(ADA);

describe("a customer", () => {
  it("was created when they are first told of, and when that was is said", () => {
    const detail = { created: 10, metadata: { team: "one" } };
    expect(customerFacts(change(null, {}))).toEqual([{ name: "customer.created", detail }]);
  });

  it("was deleted once", () => {
    const deleted = { ...change({}, {}), isDeleted: true };
    expect(namesOf(customerFacts(deleted))).toEqual(["customer.deleted"]);
    expect(customerFacts({ ...deleted, wasDeleted: true })).toEqual([]);
  });

  it("that is deleted when first told of was created before", () => {
    const gone = { ...change(null, {}), isDeleted: true };
    expect(namesOf(customerFacts(gone))).toEqual(["customer.created", "customer.deleted"]);
  });

  it("never has an email address in a fact", () => {
    const gone = { ...change(null, {}), isDeleted: true };
    expect(JSON.stringify(customerFacts(gone))).not.toContain("@");
  });

  it("says nothing where only their name changes", () => {
    expect(customerFacts(change({}, { name: "Ada L." }))).toEqual([]);
  });
});
