import { describe, expect, it } from "vitest";
import { plain } from "./plain.ts";

const SECRET = {
  "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270",
  value: "of no stage",
};
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

describe("what a resource is given, as JSON", () => {
  it("is what it was, where everything is resolved", () => {
    const inputs = {
      name: "lanes",
      fifo: true,
      delay: 0,
      tags: { undefined: "is not defined, undefined or null" },
    };
    expect(plain({ ...inputs, list: [1, "two", { three: null }] })).toEqual({
      ...inputs,
      list: [1, "two", { three: null }],
    });
  });

  it("shows a secret's stand-in, at any depth", () => {
    expect(plain({ environment: { variables: { KEY: SECRET } } })).toEqual({
      environment: { variables: { KEY: "of no stage" } },
    });
  });

  it("shows the kind of a file instead of where it lies", () => {
    class FileArchive {
      readonly __pulumiArchive = true;
      readonly path = "/tmp/code.zip";
    }
    expect(plain({ source: new FileArchive() })).toEqual({ source: "FileArchive" });
  });

  it.each([
    ["an ARN's part", { arn: "arn:aws:sqs:us-east-1:undefined:lanes" }, /^arn has an output in it/],
    ["a whole text", { tags: { owner: "undefined" } }, /^tags\.owner has/],
    ["JSON in a text", { policy: `{"Resource":"undefined"}` }, /^policy has/],
    ["an output's own text", { name: "Calling [toString] on an [Output<T>] is not supported." }, /^name has/],
    ["what Pulumi does not know yet", { url: `https://${UNKNOWN}` }, /^url has/],
    [
      "an empty place in a list",
      { resources: ["a", undefined] },
      /^resources lists something that is not there/,
    ],
  ])("refuses %s that says nothing", (_, inputs, mistake) => {
    expect(() => plain(inputs)).toThrow(mistake);
  });
});
