// Who may talk to a local server: programs of this machine, and no web page.
import { request } from "node:http";
import { connect } from "node:net";
import { networkInterfaces } from "node:os";
import { text } from "node:stream/consumers";
import { DynamoDBClient, ListTablesCommand } from "@aws-sdk/client-dynamodb";
import { EventBridgeClient, ListEventBusesCommand } from "@aws-sdk/client-eventbridge";
import { ListQueuesCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type LocalAws, startAws } from "./aws.ts";
import { type LoopbackServer, listenOnLoopback } from "./loopback.ts";

let server: LoopbackServer;
let aws: LocalAws;
let answered = 0;

beforeAll(async () => {
  server = await listenOnLoopback(0, (_, response) => {
    answered += 1;
    response.end("answered");
  });
  aws = await startAws();
});

afterAll(async () => {
  await server.close();
  await aws.close();
});

type Asked = { status: number | undefined; body: string };

/** PORT in a header stands for the server's. */
function ask(port: number, headers: Record<string, string>, method = "POST"): Promise<Asked> {
  const own = Object.entries(headers).map(([name, value]) => [name, value.replaceAll("PORT", String(port))]);
  return new Promise((resolve, reject) => {
    request({ host: "127.0.0.1", port, method, headers: Object.fromEntries(own) }, async (response) =>
      resolve({ status: response.statusCode, body: await text(response) }),
    )
      .once("error", reject)
      .end("{}");
  });
}

const OWN_HOSTS = [
  "127.0.0.1:PORT",
  "localhost:PORT",
  "LOCALHOST:PORT",
  "[::1]:PORT",
  "sqs.us-east-1.localhost:PORT",
];

const FOREIGN_HOSTS = [
  "evil.example",
  "evil.example:PORT",
  "127.0.0.1",
  "127.0.0.1:1",
  "localhost:1",
  "127.0.0.1.evil.example:PORT",
  "localhost.evil.example:PORT",
  "evil-localhost:PORT",
  "0.0.0.0:PORT",
  "127.0.0.2:PORT",
  "user@127.0.0.1:PORT",
  "127.0.0.1:PORT:PORT",
];

const FOREIGN_ORIGINS = [
  "null",
  "",
  "http://evil.example",
  "http://evil.example:PORT",
  "https://127.0.0.1:PORT",
  "http://127.0.0.1",
  "http://127.0.0.1:1",
  "http://localhost:3000",
  "http://localhost:PORT.evil.example",
  "file://",
  "http://http://localhost:PORT",
];

describe("a local server", () => {
  it.each(OWN_HOSTS)("answers to the host %s", async (host) => {
    expect(await ask(server.port, { host })).toEqual({ status: 200, body: "answered" });
  });

  it.each(FOREIGN_HOSTS)("refuses the host %j in one sentence, and does nothing", async (host) => {
    const before = answered;
    const { status, body } = await ask(server.port, { host });
    expect(status).toBe(403);
    expect(body).toBe(`The Host header must be 127.0.0.1:${server.port} or localhost:${server.port}.\n`);
    expect(answered).toBe(before);
  });

  it.each(["http://127.0.0.1:PORT", "http://localhost:PORT", "http://[::1]:PORT"])(
    "answers to its own page's origin %s",
    async (origin) => {
      expect(await ask(server.port, { host: "127.0.0.1:PORT", origin })).toMatchObject({ status: 200 });
    },
  );

  it.each(FOREIGN_ORIGINS)("refuses the origin %j, whatever the method", async (origin) => {
    const before = answered;
    for (const method of ["POST", "GET", "OPTIONS", "PUT"]) {
      const { status, body } = await ask(server.port, { host: "localhost:PORT", origin }, method);
      expect({ status, body }).toEqual({
        status: 403,
        body: expect.stringMatching(/^Requests from web pages/),
      });
    }
    expect(answered).toBe(before);
  });

  it("refuses a request that names no host", async () => {
    const socket = connect(server.port, "127.0.0.1").end("GET / HTTP/1.0\r\n\r\n");
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 403 /);
  });

  it("is reached at no address of this machine but the loopback's", async () => {
    const others = Object.values(networkInterfaces()).flatMap((all) => all ?? []);
    for (const { address } of others.filter(({ internal, family }) => !internal && family === "IPv4")) {
      await expect(fetch(`http://${address}:${server.port}`)).rejects.toThrow();
    }
  });
});

describe("each service of the local AWS", () => {
  const services = () =>
    [aws.events.url, aws.sqs.url, aws.dynamodb.url].map((url) => Number(new URL(url).port));

  it("refuses foreign hosts and origins", async () => {
    for (const port of services()) {
      expect(await ask(port, { host: "evil.example" })).toMatchObject({ status: 403 });
      expect(await ask(port, { host: "127.0.0.1:PORT", origin: "null" })).toMatchObject({ status: 403 });
    }
  });

  it.each(["127.0.0.1", "localhost"])("answers the AWS SDK at %s", async (host) => {
    const at = (url: string) => ({
      endpoint: url.replace("127.0.0.1", host),
      region: "us-east-1",
      credentials: { accessKeyId: "local", secretAccessKey: "local" },
      maxAttempts: 1,
    });
    await new SQSClient(at(aws.sqs.url)).send(new ListQueuesCommand({}));
    await new DynamoDBClient(at(aws.dynamodb.url)).send(new ListTablesCommand({}));
    await new EventBridgeClient(at(aws.events.url)).send(new ListEventBusesCommand({}));
  });
});
