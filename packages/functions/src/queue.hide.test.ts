import type { ChangeMessageVisibilityBatchCommandInput, SQS } from "@aws-sdk/client-sqs";
import { Unavailable } from "@stripe-lanes/core/errors";
import { messageOf } from "@stripe-lanes/core/message";
import { describe, expect, it } from "vitest";
import { givenQueues } from "./fixtures/queues.ts";

/** So many messages in flight, each of a lane of its own, and the port to their queue. */
async function givenInFlight(count: number) {
  const queues = await givenQueues();
  const letters = Array.from({ length: count }, (_, lane) => ({ body: "{}", group: `lane-${lane}` }));
  return { ...queues, messages: (await queues.deliver(...letters)).map(messageOf) };
}

/** SQS has trouble of its own with the first entry, once. Gives the number of entries of each request. */
function refuseFirstEntry(client: SQS): number[] {
  const asked: number[] = [];
  client.middlewareStack.add(
    (next) => async (args) => {
      const { Entries = [], ...input } = args.input as ChangeMessageVisibilityBatchCommandInput;
      asked.push(Entries.length);
      if (asked.length > 1) return next(args);
      const answer = await next({ ...args, input: { ...input, Entries: Entries.slice(1) } });
      const Failed = [{ Id: Entries[0]?.Id, SenderFault: false, Code: "InternalError" }];
      return { ...answer, output: { ...answer.output, Failed } };
    },
    { step: "initialize" },
  );
  return asked;
}

describe("hiding messages", () => {
  it("hides every one for that long, whatever their number", async () => {
    const { queue, messages, phases, clock } = await givenInFlight(12);
    await queue.hide(messages, 2);
    clock.advance(1_500);
    expect(phases()).toMatchObject({ visible: 0, inFlight: 12 });
    clock.advance(500);
    expect(phases()).toMatchObject({ visible: 12, inFlight: 0 });
  });

  it("asks SQS for nothing where there is none", async () => {
    const { queue, client } = await givenQueues();
    const asked = refuseFirstEntry(await client());
    await queue.hide([], 2);
    expect(asked).toEqual([]);
  });

  it("takes no part of it for success: one handle of three has expired", async () => {
    const { queue, messages, handles, phases, clock } = await givenInFlight(3);
    handles.set(messages[1]?.id ?? "", "expired");
    const hiding = queue.hide(messages, 2);
    await expect(hiding).rejects.toThrow(new Unavailable("SQS did not hide every message."));
    await expect(hiding).rejects.toMatchObject({ cause: { Code: "ReceiptHandleIsInvalid" } });
    clock.advance(2_000);
    expect(phases()).toMatchObject({ visible: 2, inFlight: 1 });
  });

  it("asks once more for those that SQS could not hide", async () => {
    const { queue, messages, client, phases, clock } = await givenInFlight(3);
    const asked = refuseFirstEntry(await client());
    await queue.hide(messages, 2);
    expect(asked).toEqual([3, 1]);
    clock.advance(2_000);
    expect(phases()).toMatchObject({ visible: 3, inFlight: 0 });
  });
});
