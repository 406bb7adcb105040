// Message attributes: what they may hold, how large they are, and the digest that clients check.
import { createHash, type Hash } from "node:crypto";
import { type Input, isRecord, optionalRecord, optionalText } from "./input.ts";
import { invalidParameter } from "./refusals.ts";

/** `BinaryValue` is in base64, as on the wire. */
type MessageAttribute = { DataType: string; StringValue?: string; BinaryValue?: string };
export type MessageAttributes = Record<string, MessageAttribute>;

const MOST_ATTRIBUTES = 10;
const NAME = /^(?!aws\.|amazon\.|\.)(?!.*\.\.)[a-z0-9_.-]{1,256}(?<!\.)$/i;
const DATA_TYPE = /^(String|Number|Binary)(\..+)?$/;

const encoder = new TextEncoder();
/** Bytes in UTF-8, by which SQS counts sizes. */
export const byteLength = (text: string) => encoder.encode(text).byteLength;

/**
 * Up to ten attributes, undefined for none. Throws InvalidParameterValue for a name, type or value that SQS refuses
 * ("Amazon SQS message metadata").
 */
export function readMessageAttributes(input: Input, parameter: string): MessageAttributes | undefined {
  const given = Object.entries(optionalRecord(input, parameter) ?? {});
  if (given.length === 0) return undefined;
  if (given.length > MOST_ATTRIBUTES) {
    throw invalidParameter(
      `Number of message attributes [${given.length}] exceeds the allowed maximum [${MOST_ATTRIBUTES}].`,
    );
  }
  return Object.fromEntries(given.map(([name, value]) => [name, readAttribute(name, value)]));
}

function readAttribute(name: string, value: unknown): MessageAttribute {
  if (!NAME.test(name)) throw invalidParameter(`The message (user) attribute name '${name}' is invalid.`);
  const dataType = isRecord(value) ? optionalText(value, "DataType") : undefined;
  const type = DATA_TYPE.exec(dataType ?? "")?.[1];
  if (!isRecord(value) || !dataType || !type) {
    throw invalidParameter(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`,
    );
  }
  return { DataType: dataType, ...readValue(name, type, value) };
}

function readValue(name: string, type: string, value: Input) {
  const member = type === "Binary" ? "BinaryValue" : "StringValue";
  const content = optionalText(value, member);
  if (!content) {
    throw invalidParameter(
      `Message (user) attribute '${name}' must contain a non-empty value of type '${type}'.`,
    );
  }
  if (type === "Number" && !Number.isFinite(Number(content))) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return { [member]: content };
}

/** Bytes that count towards the message's size: names, types and values. */
export function sizeOfAttributes(attributes: Input = {}): number {
  const sizes = Object.entries(attributes).map(([name, value]) => byteLength(name) + sizeOfAttribute(value));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function sizeOfAttribute(value: unknown): number {
  if (!isRecord(value)) return 0;
  const written = ["DataType", "StringValue"].map((member) => byteLength(optionalText(value, member) ?? ""));
  return written.reduce((sum, size) => sum + size, decodedLength(optionalText(value, "BinaryValue") ?? ""));
}

/** By name: name, type, a byte for text or binary, value; each text and value after its length. */
export function md5OfAttributes(attributes: MessageAttributes | undefined): string | undefined {
  if (!attributes || Object.keys(attributes).length === 0) return undefined;
  const hash = createHash("md5");
  for (const [name, attribute] of Object.entries(attributes).sort(byName)) {
    addText(hash, name);
    addText(hash, attribute.DataType);
    addValue(hash, attribute);
  }
  return hash.digest("hex");
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}

function addValue(hash: Hash, { StringValue, BinaryValue }: MessageAttribute): void {
  if (BinaryValue === undefined) {
    addText(hash.update(Uint8Array.of(1)), StringValue ?? "");
    return;
  }
  hash
    .update(Uint8Array.of(2))
    .update(lengthPrefix(decodedLength(BinaryValue)))
    .update(BinaryValue, "base64");
}

function addText(hash: Hash, text: string): void {
  hash.update(lengthPrefix(byteLength(text))).update(text);
}

function lengthPrefix(length: number): Uint8Array {
  const prefix = new Uint8Array(4);
  new DataView(prefix.buffer).setUint32(0, length);
  return prefix;
}

function decodedLength(base64: string): number {
  return Math.floor((base64.replace(/=+$/, "").length * 3) / 4);
}
