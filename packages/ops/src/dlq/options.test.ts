import { describe, expect, it } from "vitest";
import { readOptions } from "./options.ts";

/** What a person types, and the one sentence they get. */
const MISTAKES: [args: string, sentence: string][] = [
  ["", "Say list, show ID or redrive. See npm run dlq -- --help."],
  ["lst", 'There is no command "lst": say list, show ID or redrive.'],
  ["list evt_1", 'list does not know what to do with "evt_1".'],
  ["show", "show takes the id of an event or of a message."],
  ["show evt_1 evt_2", 'show does not know what to do with "evt_2".'],
  ["show evt_1 --reason crash", "show takes no --reason. See npm run dlq -- --help."],
  ["list --rate 3", "list takes no --rate. See npm run dlq -- --help."],
  ["list --al", "Unknown option '--al': did you mean '--all'? See npm run dlq -- --help."],
  ["redrive", "redrive takes --reason R, --event ID or --all: say which messages."],
  ["redrive --all --reason crash", "--reason, --event and --all exclude each other: choose one."],
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
      expect.objectContaining({ name: "Mistake", message: sentence }),
    );
  });

  it("is everything where list is told nothing", () => {
    expect(readOptions(["list"])).toMatchObject({ command: "list", filter: {}, json: false });
  });

  it("is a local run at the ports that npm start takes for the same --port", () => {
    const { where } = readOptions(words("list --port 4000"));
    expect(where.endpoints).toEqual({ sqs: "http://127.0.0.1:4002", dynamodb: "http://127.0.0.1:4003" });
  });

  it("is a move where the whole queue is to be moved by SQS, with its default rate", () => {
    expect(readOptions(words("redrive --all --move"))).toMatchObject({ command: "move", rate: undefined });
  });
});
