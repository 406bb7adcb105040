// Copies of parked messages, one JSON document a line, whole: `npm start -- --events FILE` takes them.
import { closeSync, existsSync, fsyncSync, openSync, writeSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { MessageAttributeValue } from "@aws-sdk/client-sqs";
import { Mistake } from "../mistake.ts";
import { checkOutputFile } from "../output-file.ts";
import type { Parked } from "./parked.ts";

export type CopyFile = {
  path: string;
  /** Returns when the disk has them. */
  append(messages: Parked[]): void;
  /** Whether anything was written. */
  isThere(): boolean;
  close(): void;
};

/**
 * A file for copies, made when the first comes; only its owner can read it.
 * @throws Mistake where it exists, or cannot be written
 */
export function copyFile(option: string, file: string): CopyFile {
  checkOutputFile(option, file);
  const path = resolve(file);
  if (existsSync(path)) throw new Mistake(existing(option, path));
  let descriptor: number | undefined;
  return {
    path,
    append(messages) {
      try {
        descriptor ??= create(path);
        writeWhole(descriptor, messages.map((one) => `${copyOf(one)}\n`).join(""));
        fsyncSync(descriptor);
      } catch (error) {
        throw asMistake(option, path, error as NodeJS.ErrnoException);
      }
    },
    isThere: () => descriptor !== undefined,
    close() {
      if (descriptor !== undefined) closeSync(descriptor);
    },
  };
}

function create(path: string): number {
  const descriptor = openSync(path, "wx", 0o600);
  syncFolder(dirname(path));
  return descriptor;
}

function existing(option: string, path: string): string {
  return `${option} takes a new file, and ${path} exists: nothing is overwritten.`;
}

function asMistake(option: string, path: string, error: NodeJS.ErrnoException): Mistake {
  if (error.code === "EEXIST") return new Mistake(existing(option, path));
  return new Mistake(`${option} cannot be written: ${error.message}.`, { cause: error });
}

/** Else the file's name may be gone after a power cut. Windows cannot do that, and need not. */
function syncFolder(folder: string): void {
  if (process.platform === "win32") return;
  const descriptor = openSync(folder, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function writeWhole(descriptor: number, text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

/** As `aws sqs receive-message` prints messages. */
export function copyOf({ id, body, attributes, group, parkedAt }: Parked): string {
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, value]) => [name, plain(value)]),
  );
  const Attributes = { MessageGroupId: group, SentTimestamp: String(Date.parse(parkedAt)) };
  return JSON.stringify({ Messages: [{ MessageId: id, Body: body, Attributes, MessageAttributes }] });
}

function plain({ DataType, StringValue, BinaryValue }: MessageAttributeValue) {
  if (BinaryValue === undefined) return { StringValue, DataType };
  return { BinaryValue: Buffer.from(BinaryValue).toString("base64"), DataType };
}
