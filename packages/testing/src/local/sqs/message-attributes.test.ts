import { describe, expect, it } from "vitest";
import { md5OfAttributes } from "./message-attributes.ts";
import { only, queue, refusal, scenario } from "./scenario.ts";

const text = (value: string) => ({ DataType: "String", StringValue: value });

describe("the MD5 of message attributes", () => {
  it.each([
    { attributes: { Hello: text("There") }, digest: "a311262e065454b75da111d535b8dacd" },
    {
      attributes: { Hello: text("There"), General: text("Kenobi") },
      digest: "fca026605781cb4126a1e9044df24232",
    },
    {
      attributes: {
        attr1: {
          DataType: "Binary",
          BinaryValue: btoa("traceparent\x1e00-774062d6c37081a5a0b9b5b88e30627c-2d2482211f6489da-01"),
        },
      },
      digest: "8cbe4db156db8a94db8b801b7addb984",
    },
  ])("is the one recorded from AWS: $digest", ({ attributes, digest }) => {
    expect(md5OfAttributes(attributes)).toBe(digest);
  });
});

describe("a receiver", () => {
  const MessageAttributes = { General: text("Kenobi"), Hello: text("There"), "Help.Me": text("Me") };

  it.each([
    { names: [], given: [] },
    { names: ["All"], given: ["General", "Hello", "Help.Me"] },
    { names: [".*"], given: ["General", "Hello", "Help.Me"] },
    { names: ["Hello", "Foo"], given: ["Hello"] },
    { names: ["Hel.*"], given: ["Hello", "Help.Me"] },
    { names: ["Foo"], given: [] },
  ])("that asks for $names gets $given, with the MD5 of these", ({ names, given }) => {
    const events = queue(scenario());
    events.send("body", undefined, { MessageAttributes });
    const message = only(events.receive(1, { MessageAttributeNames: names }));
    expect(Object.keys(message.MessageAttributes ?? {})).toEqual(given);
    expect(message.MD5OfMessageAttributes).toBe(md5OfAttributes(message.MessageAttributes));
  });
});

describe("message attributes are refused", () => {
  it.each([
    { for: "an empty value", attributes: { a: text("") } },
    { for: "an unknown type", attributes: { a: { DataType: "Text", StringValue: "x" } } },
    { for: "a number that is none", attributes: { a: { DataType: "Number", StringValue: "x" } } },
    { for: "a reserved name", attributes: { "AWS.a": text("x") } },
    { for: "a name that ends in a dot", attributes: { "a.": text("x") } },
    {
      for: "being eleven",
      attributes: Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`a${index}`, text("x")])),
    },
  ])("for $for", ({ attributes }) => {
    const events = queue(scenario());
    const send = () => events.send("body", undefined, { MessageAttributes: attributes });
    expect(refusal(send)).toMatch("InvalidParameterValue");
  });
});
