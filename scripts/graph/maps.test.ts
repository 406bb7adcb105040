import { expect, it } from "vitest";
import { graphOfRun } from "../../infra/fixtures/project.ts";

/** Split, it is the handler, what it imports later, and what the two share. */
const HANDLER = {
  "main.ts": `export async function handler() { return (await import("./late.ts")).late(); }`,
  "late.ts": "export const late = () => 1;",
};

async function uploadedWith(nodejs: object): Promise<string[]> {
  const body = `new sst.aws.Function("F", { handler: "main.handler", nodejs: ${JSON.stringify(nodejs)} });`;
  const resources = await graphOfRun(body, HANDLER);
  return resources.filter(({ type }) => type.endsWith(":BucketObjectv2")).map(({ name }) => name);
}

it("the graph has every source map that SST would upload, one for each file of a bundle", {
  timeout: 60_000,
}, async () => {
  expect(await uploadedWith({ splitting: true })).toEqual([
    "FCode",
    "FSourcemap0",
    "FSourcemap1",
    "FSourcemap2",
  ]);
  expect(await uploadedWith({})).toEqual(["FCode", "FSourcemap0"]);
});

it("the graph has none where the maps stay in the function's archive", { timeout: 60_000 }, async () => {
  expect(await uploadedWith({ splitting: true, sourcemap: true })).toEqual(["FCode"]);
});
