// A run that stays up, as a person holds it: what it prints is pasted, and it ends with Ctrl-C.
import { createServer } from "node:net";
import { DeleteTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, PutEventsCommand } from "@aws-sdk/client-eventbridge";
import { snapshotEvent } from "@stripe-lanes/testing/events";
import { BUS, WEBHOOK } from "@stripe-lanes/testing/local/deploy";
import { describe, expect, it } from "vitest";
import { dlq } from "./dlq/fixtures/command.ts";
import { folderWith, paste, start } from "./fixtures/start.ts";

const event = (id: string, created = 1_700_000_000) =>
  snapshotEvent({ id, type: "customer.updated", created, object: { object: "customer", id: "cus_1" } });

const folder = folderWith({ "event.json": JSON.stringify(event("evt_1")) });

const ready = "From an AWS SDK:";
const stayUp = (...args: string[]) => start(["--port", "0", ...args]);

const reportsIn = (out: string) => out.split("\n").filter((line) => /^ {2}sent/.test(line));

async function deleteTable(shown: string): Promise<void> {
  const [, endpoint = ""] = /AWS_ENDPOINT_URL_DYNAMODB=(\S+)/.exec(shown) ?? [];
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new DynamoDBClient({ endpoint, region: "us-east-1", credentials });
  await client.send(new DeleteTableCommand({ TableName: "billing" }));
  client.destroy();
}

/** Puts an event on a bus, as somebody with the printed environment may. */
function putEventsOf(shown: string) {
  const [, endpoint = ""] = /AWS_ENDPOINT_URL_EVENTBRIDGE=(\S+)/.exec(shown) ?? [];
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = new EventBridgeClient({ endpoint, region: "us-east-1", credentials });
  const Detail = JSON.stringify(event("evt_put", 1_700_000_002));
  return (EventBusName: string, Source: string) =>
    client.send(
      new PutEventsCommand({ Entries: [{ EventBusName, Source, DetailType: "customer.updated", Detail }] }),
    );
}

describe("npm start without --exit", () => {
  it("says how to go on, has a line for each event that is posted, and reports at Ctrl-C", async () => {
    const running = stayUp("--events", folder);
    const shown = await running.shows(ready);
    expect(shown).toMatch(/^From Stripe: +stripe listen --forward-to http:\/\/127\.0\.0\.1:\d+\/webhook$/m);
    expect(await (await paste(shown)).json()).toEqual({ received: true });
    await running.shows("evt_sample   ");
    await paste(shown);
    await running.shows("swallowed by the queue");
    await paste(shown, JSON.stringify({ ...event("evt_live"), livemode: true }));
    await running.shows("evt_live");
    const [, list = ""] = /^What is parked: +npm run dlq -- (.+)$/m.exec(shown) ?? [];
    expect(await dlq(list)).toMatchObject({ code: 0, out: expect.stringContaining("evt_live") });
    running.interrupt();
    const { code, out } = await running.ended;
    expect(code).toBe(0);
    const lines = out.split("\n").filter((line) => line.startsWith("evt_"));
    expect(lines.map((line) => line.split(/ {2,}/))).toEqual([
      ["evt_sample", "customer.created", "applied"],
      ["evt_sample", "customer.created", "duplicate", "swallowed by the queue"],
      ["evt_live", "customer.updated", "parked", "wrong-mode"],
    ]);
    expect(reportsIn(out)).toEqual([expect.stringMatching(/sent +1 /), expect.stringMatching(/sent +4 /)]);
  });

  it("with --json has one document on stdout, the last report, and everything else on stderr", async () => {
    const running = stayUp("--events", folder, "--json");
    const shown = await running.complains(ready);
    await paste(shown);
    await running.complains("evt_sample   ");
    running.interrupt();
    const { code, out } = await running.ended;
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ sent: 2, applied: 2, lost: 0 });
  });

  it("takes lines of standard input as they come, with a line for each", async () => {
    const running = start(["--port", "0", "--events", "-"], "", { open: true });
    await running.shows(ready);
    running.write(`${JSON.stringify(event("evt_1"))}\n`);
    await running.shows("evt_1   ");
    running.write(`${JSON.stringify(event("evt_2", 1_700_000_001))}\n`);
    await running.shows("evt_2   ");
    running.interrupt();
    expect((await running.ended).out).toMatch(/sent +2 /);
  });

  it("says of what is put on a bus by another source where it went", async () => {
    const running = stayUp("--events", folder);
    const shown = await running.shows(ready);
    const put = putEventsOf(shown);
    await put(BUS, "stripe.com");
    await running.shows("lost        matched no rule: source stripe.com");
    await put("no-bus", "stripe.com");
    await running.shows("lost        there is no bus no-bus");
    await put(WEBHOOK.bus, "stripe.com");
    await running.shows("parked      not-an-event");
    await put(WEBHOOK.bus, "com.example.relay");
    await running.shows("customer.updated                    applied");
    running.interrupt();
    const { code, out } = await running.ended;
    expect({ code, lost: /^ {2}lost +(\d+)/m.exec(out.slice(out.lastIndexOf("  sent")))?.[1] }).toEqual({
      code: 1,
      lost: "2",
    });
  });

  it("waits at Ctrl-C for what is on its way, and ends at once at the second", async () => {
    const running = stayUp("--events", folder);
    const shown = await running.shows(ready);
    await deleteTable(shown);
    await paste(shown);
    await running.shows("retried");
    running.interrupt();
    await running.complains("Waiting for 1 events that are on their way; Ctrl-C again ends at once.");
    running.interrupt();
    expect((await running.ended).code).toBe(130);
  });

  it("says which port is in use, ours too", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    await new Promise((resolve) => taken.once("listening", resolve));
    const { port } = taken.address() as { port: number };
    const { ended } = start(["--events", folder, "--port", String(port)]);
    const err = `Port ${port} is in use: choose others with --port N, which takes N to N+3.\n`;
    expect(await ended).toEqual({ code: 2, out: "", err });
    taken.close();
  });
});
