// What rows keep of whole Stripe objects (D13): packed before they are written, found again by who reads them.
import type { JsonObject } from "./json.ts";
import type { Part, Remembered, State } from "./part.ts";
import type { Beside, Pack, Raw, Unpack } from "./raw.ts";
import { leftBy, withoutRaw } from "./remembered.ts";
import type { Row } from "./row.ts";
import type { Changes } from "./store.ts";

/** Bytes of a row's states and packed objects together: DynamoDB takes 400 KB, and keys and versions need room too. */
export const LARGEST_ROW = 350 * 1024;

/** Packs what is new in the rows that are to be written: only what stands or may stand, once a decision is made. */
export function packedIn(changes: Changes, pack: Pack | undefined): Changes {
  const rows = changes.rows.map((row) => (holdsRaw(row) ? packedRow(row, pack) : row));
  return { ...changes, rows };
}

function holdsRaw({ parts }: Row): boolean {
  return Object.values(parts).some(({ remembered }) => remembered.some(({ raw }) => raw));
}

/** What does not fit beside the states and what comes before it is left out. */
function packedRow(row: Row, pack: Pack | undefined): Row {
  let room = LARGEST_ROW - bytesOfStates(row);
  const packed = (known: Remembered, part: string): Remembered => {
    const raw = known.raw && packedRaw(known.raw, besideOf(row, part, known.state), pack);
    if (raw === undefined || raw.length > room) return withoutRaw(known);
    room -= raw.length;
    return { ...known, raw };
  };
  const inOrder = Object.entries(row.parts).sort(([one], [other]) => (one < other ? -1 : 1));
  const parts = inOrder.map(([id, part]) => {
    return [id, { ...part, remembered: part.remembered.map((known) => packed(known, id)) }] as const;
  });
  return { ...row, parts: Object.fromEntries(parts) };
}

function packedRaw(raw: Raw, beside: Beside, pack: Pack | undefined): Uint8Array | undefined {
  return raw instanceof Uint8Array ? raw : pack?.(raw, beside);
}

function bytesOfStates({ state, parts, joined }: Row): number {
  const told = Object.values(parts).flatMap((part) => [part, ...part.remembered].map((known) => known.state));
  const states = new Set<State>([state, ...told, ...joined.map((other) => other.state)]);
  return states.values().reduce((sum, one) => sum + Buffer.byteLength(JSON.stringify(one)), 0);
}

/** The whole objects behind the row's parts as they stand, by their ids; what is not kept is missing. */
export function objectsOf(row: Row, unpack: Unpack): Map<string, JsonObject> {
  const found = Object.entries(row.parts).flatMap(([id, part]) => {
    const raw = rawOf(part);
    const object = raw instanceof Uint8Array ? unpack(raw, besideOf(row, id, part.state)) : null;
    return object === null ? [] : [[id, object] as const];
  });
  return new Map(found);
}

/** What is gone from Stripe stays as it was last known: its state, and the object that this was made of. */
export function lastKnown(part: Part): { state: State; raw?: Raw } {
  const raw = rawOf(part);
  return { state: part.state, ...(raw && { raw }) };
}

/** That of the last event which left the state that stands. */
function rawOf(part: Part): Raw | undefined {
  const standing = leftBy(part);
  return part.remembered.findLast((known) => known.raw && leftBy(known) === standing)?.raw;
}

function besideOf({ identity }: Row, part: string, state: State): Beside {
  return { row: identity.id, part, state };
}
