// What a message carries beside its body, as SQS takes it.
import type { MessageAttributeValue } from "@aws-sdk/client-sqs";

/** Bytes of a message, its attributes' names, types and values included. */
const LARGEST_MESSAGE = 1_048_576;

const DataType = "String";

/** Control characters, lone surrogates, U+FFFE and U+FFFF ("SendMessage", Amazon SQS API Reference). */
const REFUSED = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;
const REPLACEMENT = "\u{fffd}";

/** The values that are there, first ones first: one that does not fit beside the body is left out. */
export function attributesBeside(
  body: string,
  values: Record<string, string | undefined>,
): Record<string, MessageAttributeValue> {
  let room = LARGEST_MESSAGE - Buffer.byteLength(body);
  const attributes: Record<string, MessageAttributeValue> = {};
  for (const [name, value] of Object.entries(values)) {
    if (!value) continue;
    const StringValue = value.replaceAll(REFUSED, REPLACEMENT);
    const size = Buffer.byteLength(name + DataType + StringValue);
    if (size > room) continue;
    room -= size;
    attributes[name] = { DataType, StringValue };
  }
  return attributes;
}
