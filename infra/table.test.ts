import { TIME_TO_LIVE, tableDefinition } from "@stripe-lanes/testing/table-definition";
import { describe, expect, it } from "vitest";
import { STAGES } from "./fixtures/stages.ts";

type Index = { name: string; hashKey: string; rangeKey: string; projectionType: string };

/** As CreateTable wants it: what the local run makes of the definition that the tests are proven on. */
function createTableOf(inputs: Record<string, unknown>) {
  const key = (hash: unknown, range: unknown) => [
    { AttributeName: hash, KeyType: "HASH" },
    { AttributeName: range, KeyType: "RANGE" },
  ];
  return {
    TableName: "table",
    BillingMode: inputs.billingMode,
    AttributeDefinitions: (inputs.attributes as { name: string; type: string }[]).map(({ name, type }) => ({
      AttributeName: name,
      AttributeType: type,
    })),
    KeySchema: key(inputs.hashKey, inputs.rangeKey),
    GlobalSecondaryIndexes: (inputs.globalSecondaryIndexes as Index[]).map((index) => ({
      IndexName: index.name,
      KeySchema: key(index.hashKey, index.rangeKey),
      Projection: { ProjectionType: index.projectionType },
    })),
  };
}

describe.each(Object.entries(STAGES))("the table of a %s stage", (kind, graph) => {
  const table = async () => (await graph()).one("dynamodb/table:Table", "TableTable");

  it("is the local run's: on demand, with two indexes that hold keys only (D13)", async () => {
    expect(createTableOf((await table()).inputs)).toEqual(tableDefinition("table"));
  });

  it("forgets ledger rows by their time to live", async () => {
    expect((await table()).inputs.ttl).toEqual({ attributeName: TIME_TO_LIVE, enabled: true });
  });

  it("streams both images, and can be restored to any second", async () => {
    const { inputs } = await table();
    expect(inputs).toMatchObject({ streamEnabled: true, streamViewType: "NEW_AND_OLD_IMAGES" });
    expect(inputs.pointInTimeRecovery).toEqual({ enabled: true });
  });

  it("is protected from deletion, but on a personal stage", async () => {
    const isKept = kind !== "personal";
    const { inputs, options } = await table();
    expect(inputs.deletionProtectionEnabled).toBe(isKept);
    expect(options).toMatchObject({ protect: isKept, retainOnDelete: isKept });
  });
});
