import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acceptor, type Input, type ItemOperation } from "./accept.ts";
import { validate } from "./dynalite.ts";
import { rules } from "./rules.ts";

const scalar = fc.oneof(
  fc.string({ maxLength: 4 }).map((S) => ({ S })),
  fc.integer().map((N) => ({ N: String(N) })),
  fc.constantFrom<object>(
    { BOOL: true },
    { M: { a: { S: "x" } } },
    { L: [] },
    { SS: ["x"] },
    { N: "1.50" },
    { N: "?" },
  ),
);

const conditions = [
  undefined,
  "attribute_not_exists(pk) OR rev = :a",
  "rev = :a AND (rev < :b OR NOT begins_with(pk, :b))",
  "rev BETWEEN :a AND :b",
  "rev IN (:a, :b)",
  "attribute_type(rev, :a)",
  "size(parts) > :a",
  "parts.sub = :a",
  "rev = :missing",
  "rev = (",
];
const updates = [
  undefined,
  "SET n = n + :a, m = :b",
  "ADD n :a",
  "DELETE s :a",
  "SET l = list_append(l, :a)",
  "SET",
];

const input = fc.record(
  {
    Item: fc.record({ pk: scalar, extra: scalar }),
    ConditionExpression: fc.constantFrom(...conditions),
    UpdateExpression: fc.constantFrom(...updates),
    ExpressionAttributeValues: fc.record({ ":a": scalar, ":b": scalar }, { requiredKeys: [] }),
    ReturnValues: fc.constantFrom("ALL_OLD", "NONE", "SOME"),
  },
  { requiredKeys: ["Item"] },
);

/** A request as the wire brings it: without what is undefined. */
function requestOf(
  operation: ItemOperation,
  { Item, UpdateExpression, ...rest }: { Item: object; UpdateExpression?: string | undefined },
): Input {
  const target = operation === "PutItem" ? { Item } : { Key: Item };
  const update = operation === "UpdateItem" ? { UpdateExpression } : {};
  return JSON.parse(JSON.stringify({ TableName: "Lanes", ...target, ...update, ...rest }));
}

function outcomeOf(run: () => object) {
  try {
    return JSON.parse(JSON.stringify(run()));
  } catch (error) {
    return (error as Error).message;
  }
}

describe("accepting a request by its shape", () => {
  it("gives what dynalite gives, whatever came before it", () => {
    const accept = acceptor();
    const operation = fc.constantFrom<ItemOperation>("PutItem", "UpdateItem", "DeleteItem");
    fc.assert(
      fc.property(operation, input, (name, anyInput) => {
        const byDynalite = outcomeOf(() => validate(rules[name], requestOf(name, anyInput)));
        const ours = outcomeOf(() => accept(name, requestOf(name, anyInput)));
        expect(ours).toEqual(byDynalite);
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ["attribute_type(rev, :a)", { S: "N" }, { S: "number" }, "Invalid attribute type name found"],
    [
      "rev BETWEEN :a AND :b",
      { N: "1" },
      { N: "9" },
      "upper bound to be greater than or equal to lower bound",
    ],
  ])("judges %s by its values each time", (ConditionExpression, valid, invalid, message) => {
    const accept = acceptor();
    const upper = ConditionExpression.includes(":b") ? { ":b": { N: "5" } } : {};
    const send = (value: object) => {
      const ExpressionAttributeValues = { ":a": value, ...upper };
      const Item = { pk: { S: "a" } };
      return accept("PutItem", { TableName: "Lanes", Item, ConditionExpression, ExpressionAttributeValues });
    };
    expect(send(valid)).toHaveProperty("_condition");
    expect(() => send(invalid)).toThrow(message);
  });
});
