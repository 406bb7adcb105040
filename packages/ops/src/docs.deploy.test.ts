import { readFileSync } from "node:fs";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readTable } from "./dump.ts";
import { pipelineAfter } from "./fixtures/pipeline.ts";

const GUIDE = readFileSync(new URL("../../../docs/deploy.md", import.meta.url), "utf8");
const COMMAND = /aws dynamodb get-item --table-name TABLE --key '([^']+)' --query (\S+)/g;

describe("the second proof in docs/deploy.md, an order that is paid and its stock", () => {
  let pipeline: Pipeline;
  beforeAll(async () => {
    pipeline = await pipelineAfter({ seed: 1, events: 200 });
  });
  afterAll(() => pipeline.close());

  /** What the guide's command prints, its id replaced. */
  async function printed([, key = "", query = ""]: RegExpMatchArray, id: string): Promise<unknown> {
    const Key = JSON.parse(key.replace(/main#[^"]+/, `main#${id}`));
    const answer = await pipeline.aws.dynamodb.dispatch("GetItem", {
      TableName: pipeline.deployed.table,
      Key,
    });
    return query
      .split(".")
      .reduce<unknown>((value, name) => (value as Record<string, unknown>)[name], answer);
  }

  it("is shown by the two commands", async () => {
    const { rows } = await readTable(pipeline);
    const paid = rows.find(({ noun, status }) => noun === "order" && status === "paid");
    const stock = rows.find(({ noun }) => noun === "stock");
    const [orderCommand, stockCommand] = [...GUIDE.matchAll(COMMAND)];
    if (!paid || !stock || !orderCommand || !stockCommand) throw new Error("Nothing to try the guide with.");
    expect(await printed(orderCommand, paid.id)).toBe("main#order#paid");
    expect(await printed(stockCommand, stock.id)).toBe(String((stock.state as { sold: number }).sold));
  });
});
