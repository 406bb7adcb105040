import { describe, expect, it } from "vitest";
import { dlq, dlqAlone } from "./fixtures/command.ts";
import { type Queues, startQueues } from "./fixtures/queues.ts";

const MESSAGES = 5;

async function parkSome(queues: Queues): Promise<string> {
  for (let index = 0; index < MESSAGES; index++) await queues.park({ body: `${index}`, group: "lane-00" });
  const { sqs, dynamodb } = queues.aws;
  return `--endpoint-sqs ${sqs.url} --endpoint-dynamodb ${dynamodb.url}`;
}

const countIn = (bodies: Record<string, string[]>) => Object.values(bodies).flat().length;

describe("a redrive at a rate", () => {
  it("sends no more a second than that", async () => {
    const queues = await startQueues();
    const where = await parkSome(queues);
    const started = performance.now();
    const { code } = await dlq(`redrive --all --rate 2 ${where}`);
    expect(code).toBe(0);
    expect(performance.now() - started).toBeGreaterThanOrEqual((MESSAGES - 1) * 500);
    expect(queues.bodies(queues.queueUrl)["lane-00"]).toEqual(["0", "1", "2", "3", "4"]);
  });

  it("tells what it did when Ctrl-C ends it, and every message is in one queue or the other", async () => {
    const queues = await startQueues();
    const where = await parkSome(queues);
    const { ended, interrupt } = dlqAlone(`redrive --all --rate 1 --json ${where}`, queues.aws.env);
    await queues.someIn(queues.queueUrl);
    interrupt();
    const { code, out } = await ended;
    const sent = countIn(queues.bodies(queues.queueUrl));
    expect({ code, redriven: JSON.parse(out).redriven }).toEqual({ code: 130, redriven: sent });
    expect(sent).toBeLessThan(MESSAGES);
    expect(sent + countIn(queues.bodies(queues.parkedUrl))).toBe(MESSAGES);
    expect(queues.inFlight()).toBe(0);
  });
});
