import { describe, expect, it } from "vitest";
import { readOptions } from "./options.ts";

/** What a person types, and the one sentence they get. */
const MISTAKES: [args: string, sentence: string | RegExp][] = [
  ["", "Usage: dlq list | show ID | redrive | discard | export. See npm run dlq -- --help."],
  ["lst", 'There is no command "lst"; did you mean list? See npm run dlq -- --help.'],
  ["purge --all", /^There is no command "purge"; did you mean/],
  ["list evt_1", 'list does not know what to do with "evt_1".'],
  ["show", "show takes the id of an event or of a message."],
  ["show evt_1 evt_2", 'show does not know what to do with "evt_2".'],
  ["show evt_1 --reason crash", "show takes no --reason. See npm run dlq -- --help."],
  ["list --rate 3", "list takes no --rate. See npm run dlq -- --help."],
  ["list --al", "Unknown option '--al': did you mean '--all'? See npm run dlq -- --help."],
  ["redrive", "redrive takes ids, a filter such as --reason R, or --all: say which messages."],
  ["discard", "discard takes ids, a filter such as --reason R, or --all: say which messages."],
  ["discard --dry-run", "discard takes ids, a filter such as --reason R, or --all: say which messages."],
  ["redrive --all --reason crash", "--all takes every message: leave it out, or leave out --reason."],
  ["discard --all --older-than 2h", "--all takes every message: leave it out, or leave out --older-than."],
  ["discard --all evt_1", "--all takes every message: leave it out, or leave out evt_1."],
  [
    "list --reason craash",
    /^--reason must be one of not-json, .*crash, none; got "craash"\. Did you mean crash\?$/,
  ],
  ["redrive --reason=", /^--reason must be one of not-json, .*; got ""/],
  [
    "list --type *.created",
    '--type takes an event type, or its beginning and a *, such as customer.*; got "*.created".',
  ],
  ["list --customer=", "--customer takes the id of a customer."],
  ["list --older-than 2", '--older-than takes an age such as 90s, 30m, 2h or 3d; got "2".'],
  ["list --newer-than 2hours", '--newer-than takes an age such as 90s, 30m, 2h or 3d; got "2hours".'],
  ["list --older-than 1d --newer-than 24h", /^--older-than must be less than --newer-than/],
  ["list --to x", "list takes no --to. See npm run dlq -- --help."],
  ["list --dry-run", "list takes no --dry-run. See npm run dlq -- --help."],
  ["export --json", "export takes no --json. See npm run dlq -- --help."],
  ["discard --all --force", "discard takes no --force. See npm run dlq -- --help."],
  ["redrive --move --all --dry-run", "--move takes the whole queue with --all, and no --dry-run."],
  ["redrive --move --all evt_1", "--move takes the whole queue with --all, and no evt_1."],
  ["redrive --move", "--move takes the whole queue: say --all too."],
  ["redrive --move --all --reason crash", "--move takes the whole queue with --all, and no --reason."],
  ["redrive --all --rate 0", '--rate takes a whole number from 1 to 500, not "0".'],
  ["redrive --all --rate fast", '--rate takes a whole number from 1 to 500, not "fast".'],
  [
    "redrive --all --wait -1",
    "Option '--wait <value>' argument missing; for a value with a dash, write --wait=-1. See npm run dlq -- --help.",
  ],
  ["redrive --all --wait 1.5", '--wait takes a whole number from 0 to 3600, not "1.5".'],
  ["list --port 70000", '--port takes a whole number from 1 to 65532, not "70000".'],
  [
    "list --port 1 --endpoint-sqs http://x",
    "--port and the --endpoint options exclude each other: choose one.",
  ],
  ["list --endpoint-sqs http://x", "--endpoint-sqs and --endpoint-dynamodb go together: say both."],
  [
    "list --endpoint-sqs x --endpoint-dynamodb http://x",
    '--endpoint-sqs takes an http or https URL, not "x".',
  ],
];

const words = (args: string) => args.split(" ").filter((word) => word !== "");

describe("what is asked of npm run dlq", () => {
  it.each(MISTAKES)("%j is told in one sentence", (args, sentence) => {
    expect(() => readOptions(words(args))).toThrow(
      expect.objectContaining({
        name: "Mistake",
        message: typeof sentence === "string" ? sentence : expect.stringMatching(sentence),
      }),
    );
  });

  it("is everything where list is told nothing", () => {
    expect(readOptions(["list"])).toMatchObject({ command: "list", filter: {}, json: false });
  });

  it("is what all of several filters match, and ids, of events or of messages", () => {
    expect(readOptions(words("discard evt_1 m-2 --type customer.* --older-than 30m")).filter).toEqual({
      ids: ["evt_1", "m-2"],
      type: "customer.*",
      olderThan: 30 * 60 * 1000,
    });
  });

  it("is a local run at the ports that npm start takes for the same --port", () => {
    const { where } = readOptions(words("list --port 4000"));
    expect(where.endpoints).toEqual({ sqs: "http://127.0.0.1:4002", dynamodb: "http://127.0.0.1:4003" });
  });

  it("is a move where the whole queue is to be moved by SQS, with its default rate", () => {
    expect(readOptions(words("redrive --all --move"))).toMatchObject({ command: "move", rate: undefined });
  });
});
