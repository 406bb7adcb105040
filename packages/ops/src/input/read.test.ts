import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { folderWith } from "../fixtures/start.ts";
import { readEvents } from "./read.ts";
import { readStandardInput } from "./standard-input.ts";

const event = (id: string) => ({
  id,
  object: "event",
  type: "customer.created",
  data: { object: { id: "cus_1" } },
});
const text = (id: string) => JSON.stringify(event(id));
const envelope = (id: string) => ({
  version: "0",
  "detail-type": "x",
  source: "aws.partner/stripe.com/1",
  detail: event(id),
});

async function idsIn(content: string, name = "input.txt") {
  const { events, ...told } = await readEvents([join(folderWith({ [name]: content }), name)]);
  return { ids: events?.map(({ id }) => id), ...told };
}

const subscription = {
  messageType: "DATA_MESSAGE",
  logEvents: [{ id: "1", timestamp: 1, message: text("evt_1") }],
};

const JSON_FORMS: [what: string, json: unknown][] = [
  ["one event", event("evt_1")],
  ["an array", [event("evt_1")]],
  ["a list of Stripe's API", { object: "list", data: [event("evt_1")], has_more: false, url: "/v1/events" }],
  ["a list of Stripe's API v2", { data: [event("evt_1")], next_page_url: null }],
  ["an envelope of EventBridge", envelope("evt_1")],
  [
    "records of Lambda from SQS",
    { Records: [{ messageId: "1", body: text("evt_1"), eventSource: "aws:sqs" }] },
  ],
  ["a record with an envelope", { Records: [{ body: JSON.stringify(envelope("evt_1")) }] }],
  ["messages that SQS gives", { Messages: [{ MessageId: "1", Body: text("evt_1") }] }],
  ["records of Lambda from SNS", { Records: [{ Sns: { Message: text("evt_1") } }] }],
  [
    "a request to a function URL",
    { body: Buffer.from(text("evt_1")).toString("base64"), isBase64Encoded: true },
  ],
  [
    "log events",
    { events: [{ timestamp: 1, message: JSON.stringify(envelope("evt_1")), logStreamName: "a" }] },
  ],
  [
    "a log line with a prefix",
    { events: [{ timestamp: 1, message: `2026-11-28T10:00:00Z\tid\tINFO\t${text("evt_1")}` }] },
  ],
  [
    "a log subscription",
    { messageType: "DATA_MESSAGE", logEvents: [{ id: "1", timestamp: 1, message: text("evt_1") }] },
  ],
  [
    "what Lambda gets of logs",
    { awslogs: { data: gzipSync(JSON.stringify(subscription)).toString("base64") } },
  ],
  ["entries to put on a bus", { Entries: [{ Source: "x", DetailType: "y", Detail: text("evt_1") }] }],
  [
    "results of Logs Insights",
    {
      results: [
        [
          { field: "@timestamp", value: "1" },
          { field: "@message", value: text("evt_1") },
        ],
      ],
    },
  ],
  [
    "a line of Lambda's JSON log",
    { timestamp: "2026", level: "INFO", requestId: "1", message: event("evt_1") },
  ],
];

describe("the events of a file", () => {
  it.each(JSON_FORMS)("are found in %s", async (_, json) => {
    for (const indent of [0, 2])
      expect(await idsIn(JSON.stringify(json, null, indent))).toMatchObject({ ids: ["evt_1"], mistakes: [] });
  });

  it("are found behind the time stamps of an export of logs", async () => {
    const line = `2026-11-28T10:00:00.000Z ${JSON.stringify(envelope("evt_1"))}\n`;
    expect(await idsIn(`${line}2026-11-28T10:00:01.000Z START RequestId: 1\n`)).toMatchObject({
      ids: ["evt_1"],
      notes: [expect.stringMatching(/: skipped 1 line of text between the events\.$/)],
    });
  });

  it("go with what is no event, which the worker parks", async () => {
    expect(await idsIn(`{"hello":"world"}\n${text("evt_1")}\n`)).toMatchObject({
      ids: [undefined, "evt_1"],
      count: 2,
    });
  });

  it("are those of one page where Stripe has more", async () => {
    const { notes } = await idsIn(JSON.stringify({ object: "list", data: [event("evt_1")], has_more: true }));
    expect(notes).toEqual([expect.stringMatching(/ holds one page of a longer list \(has_more\): /)]);
  });

  it("are those that were whole where the end is cut off", async () => {
    const list = JSON.stringify({ object: "list", data: [event("evt_1"), event("evt_2")] });
    expect(await idsIn(list.slice(0, -20))).toMatchObject({
      ids: ["evt_1"],
      mistakes: [
        expect.stringMatching(
          / is cut off in the document that begins on line 1: its whole entries are used\.$/,
        ),
      ],
    });
    expect(await idsIn(`${text("evt_1")}\n${text("evt_2").slice(0, 20)}`)).toMatchObject({
      ids: ["evt_1"],
      mistakes: [
        expect.stringMatching(/ is cut off in the document that begins on line 2: it is left out\.$/),
      ],
    });
  });

  it("are read again where they are too many to be kept", async () => {
    const folder = folderWith({ "a.jsonl": `${text("evt_1")}\n${text("evt_2")}\n`, "b.json": text("evt_3") });
    const { events, count, stream } = await readEvents([folder], { mostKept: 100 });
    expect({ events, count }).toEqual({ events: undefined, count: 3 });
    expect((await Array.fromAsync(stream())).flat().map(({ id }) => id)).toEqual(["evt_1", "evt_2", "evt_3"]);
  });

  it("may be nested deeper than the worker takes", async () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const { events } = await readEvents([
      join(folderWith({ "deep.json": `{"id":"evt_1","deep":${deep}}` }), "deep.json"),
    ]);
    expect(JSON.stringify(events)).toMatch(/^\[\{"id":"evt_1","deep":\[{127}null\]{127}\}\]$/);
  });
});

describe("an input without any event", () => {
  it.each([
    ["[]", / holds no event\.$/],
    ['{"object":"list","data":[]}', / holds no event\.$/],
    ['{"a":1}\n{"b":1}', / holds no Stripe event, but 2 other JSON objects; give Stripe events as JSON: /],
    [
      '{"object":"list","data":[{"id":"cus_1","object":"customer"}]}\nhi',
      /, but 1 customer object and 1 line of text; give/,
    ],
    ["hello\nworld", / holds no Stripe event, but 2 lines of text; give/],
    ['{"id":"ev', / is cut off in the document that begins on line 1: it is left out\.$/],
  ])("%j is refused in one sentence that says what it holds", async (content, sentence) => {
    await expect(idsIn(content)).rejects.toThrow(sentence);
  });

  it("is refused where one document is too long", async () => {
    const path = join(folderWith({ "long.json": text("evt_1") }), "long.json");
    const sentence =
      /long\.json, line 1: one JSON document of more than 0 MB cannot be read; write its events one a line\.$/;
    await expect(readEvents([path], { longest: 50 })).rejects.toThrow(sentence);
  });
});

describe("standard input", () => {
  const read = async (...parts: (string | Buffer)[]) => {
    const told: string[] = [];
    const tell = (sentence: string) => told.push(sentence);
    const bytes = (async function* () {
      for (const part of parts) yield Buffer.from(part);
    })();
    const batches = readStandardInput({ onMistake: tell, onNote: tell }, new AbortController().signal, bytes);
    return { batches: (await Array.fromAsync(batches)).map((some) => some.map(({ id }) => id)), told };
  };

  it("gives events as they come, of whatever form and packing", async () => {
    const lines = [`${text("evt_1")}\n`, "> Ready!\n", `${text("evt_2")}\n`];
    const note = "standard input: skipped 1 line of text between the events.";
    expect(await read(...lines)).toEqual({ batches: [["evt_1"], ["evt_2"]], told: [note] });
    expect(await read(gzipSync(lines.join("")))).toEqual({ batches: [["evt_1", "evt_2"]], told: [note] });
  });

  it("holds back what is no event until there is one, and sends nothing of an input without any", async () => {
    expect((await read('{"a":1}\n', text("evt_1"))).batches).toEqual([[undefined, "evt_1"]]);
    await expect(read('{"a":1}\n')).rejects.toThrow(
      /^standard input holds no Stripe event, but 1 other JSON object; /,
    );
  });

  it("goes on after a broken line", async () => {
    const { batches, told } = await read(text("evt_1"), "\n{broken\n", text("evt_2"));
    expect(batches.flat()).toEqual(["evt_1", "evt_2"]);
    expect(told).toEqual(["standard input, line 2 is not JSON."]);
  });
});
