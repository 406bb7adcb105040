// IP addresses as binary digits, so that lying in a CIDR block is sharing a prefix.
import { invalidPattern } from "./errors.ts";

/** 32 or 128 binary digits; nothing when the text is no IP address. */
export function addressBits(text: string): string | undefined {
  return text.includes(":") ? bits6(text) : bits4(text);
}

/** Tells whether an address lies in the block; throws what AWS says of a malformed one. */
export function cidrBlock(block: string): (address: string) => boolean {
  const [address = "", mask, ...rest] = block.replace(/\/+$/, "").split("/");
  if (mask === undefined || rest.length > 0) throw invalidPattern("Malformed CIDR, one '/' required");
  const size = maskSize(mask);
  const base = blockAddress(address);
  if (size >= base.length) {
    throw invalidPattern(`IPv${base.length === 32 ? 4 : 6} mask bits must be < ${base.length}`);
  }
  const prefix = base.slice(0, size);
  return (other) => {
    const bits = addressBits(other);
    return bits?.length === base.length && bits.startsWith(prefix);
  };
}

function maskSize(mask: string): number {
  if (!/^[+-]?\d+$/.test(mask)) throw invalidPattern("Malformed CIDR, mask bits must be an integer");
  if (Number(mask) < 0) throw invalidPattern("Malformed CIDR, mask bits must not be negative");
  return Number(mask);
}

function blockAddress(address: string): string {
  const bits = addressBits(address);
  if (bits !== undefined) return bits;
  const looksRight = /^\d+(\.\d+){3}$|^[\da-f:]*:[\da-f:]*$/i.test(address);
  throw invalidPattern(`${looksRight ? "Invalid" : "Nonstandard"} IP address: ${address}`);
}

function bits4(text: string): string | undefined {
  const parts = text.split(".");
  const valid = parts.length === 4 && parts.every((part) => /^\d+$/.test(part) && Number(part) < 256);
  if (!valid) return undefined;
  return parts.map((part) => Number(part).toString(2).padStart(8, "0")).join("");
}

function bits6(text: string): string | undefined {
  const halves = text.split("::").map((half) => (half === "" ? [] : half.split(":")));
  const [head = [], tail = []] = halves;
  const omitted = 8 - head.length - tail.length;
  const complete = halves.length === 1 ? omitted === 0 : halves.length === 2 && omitted > 0;
  if (!complete) return undefined;
  const groups = [...head, ...Array<string>(omitted).fill("0"), ...tail];
  if (!groups.every((group) => /^[\da-f]{1,4}$/i.test(group))) return undefined;
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0")).join("");
}
