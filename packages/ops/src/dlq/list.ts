// `dlq list` and `dlq show`: looks, and puts everything back.
import { Mistake } from "../mistake.ts";
import { type DeadLetters, deadLetters } from "./dead-letters.ts";
import type { Options } from "./options.ts";
import { type Filter, matches, NO_REASON, type Parked } from "./parked.ts";
import type { Stage } from "./stage.ts";
import { aligned, printable } from "./text.ts";
import { walk } from "./walk.ts";

const SUCCESS = 0;

type Look = {
  shown: Parked[];
  /** About how many there are: of a message group SQS shows the first ten only. */
  total: number;
};

type LookOptions = Pick<Options, "filter" | "json">;

export async function listCommand(stage: Stage, { filter, json }: LookOptions, signal: AbortSignal) {
  const seen = await look(deadLetters(stage.sqs, stage.parkedUrl), signal);
  const wanted = seen.shown.filter((parked) => matches(filter, parked));
  checkEventIsThere(filter, wanted, seen);
  console.log(json ? JSON.stringify(listJson(wanted, seen)) : listText(wanted, seen));
  return SUCCESS;
}

export async function showCommand(stage: Stage, { filter, json }: LookOptions, signal: AbortSignal) {
  const seen = await look(deadLetters(stage.sqs, stage.parkedUrl), signal);
  const wanted = seen.shown.filter((parked) => matches(filter, parked));
  checkEventIsThere(filter, wanted, seen);
  console.log(json ? JSON.stringify(wanted.map(wholeJson)) : wanted.map(wholeText).join("\n\n"));
  return SUCCESS;
}

async function look(letters: DeadLetters, signal: AbortSignal): Promise<Look> {
  const shown: Parked[] = [];
  for await (const fresh of walk(letters, { signal })) shown.push(...fresh);
  const byAge = shown.toSorted((a, b) => Date.parse(a.parkedAt) - Date.parse(b.parkedAt));
  return { shown: byAge, total: Math.max(shown.length, await letters.count()) };
}

function checkEventIsThere({ event, id = event }: Filter, wanted: Parked[], { shown, total }: Look): void {
  if (id === undefined || wanted.length > 0) return;
  const hidden = total - shown.length;
  const among = hidden > 0 ? `; ${hidden} others stand behind the first ten of their group` : "";
  throw new Mistake(`${id} is not among the ${shown.length} parked messages that SQS shows${among}.`);
}

function listJson(wanted: Parked[], { shown, total }: Look) {
  return { total, seen: shown.length, messages: wanted.map(summaryOf) };
}

/** Everything but the body. */
function summaryOf({ receiptHandle, body, attributes, event, ...summary }: Parked) {
  return summary;
}

function wholeJson(parked: Parked) {
  return { ...summaryOf(parked), body: parked.body };
}

function listText(wanted: Parked[], { shown, total }: Look): string {
  if (total === 0) return "Nothing is parked.";
  const hidden = total - shown.length;
  const rows = wanted.map((parked) => [
    parked.parkedAt.slice(0, 19),
    reasonOf(parked),
    parked.eventId ?? parked.id,
    parked.eventType ?? "",
    parked.lane,
    String(parked.receives),
  ]);
  const table = aligned([["PARKED AT", "REASON", "EVENT OR MESSAGE", "TYPE", "LANE", "RECEIVES"], ...rows]);
  return [
    ...(rows.length > 0 ? [table, ""] : []),
    `${wanted.length} of ${total} parked messages.`,
    ...(wanted.some(({ reason }) => reason === null) ? [MOVED_BY_THE_QUEUE] : []),
    ...(hidden > 0 ? [hiddenText(hidden)] : []),
  ].join("\n");
}

const MOVED_BY_THE_QUEUE = `Reason ${NO_REASON}: the queue itself moved it after too many receives; it may well be healthy.`;

function hiddenText(hidden: number): string {
  return `${hidden} stand behind the first ten of their message group, where SQS shows none; redrive reaches them.`;
}

function reasonOf({ reason }: Parked): string {
  return reason ?? NO_REASON;
}

function wholeText(parked: Parked): string {
  const told: [string, string | null][] = [
    ["message", parked.id],
    ["event", parked.eventId],
    ["type", parked.eventType],
    ["reason", parked.reason ?? `${NO_REASON}: the queue itself moved it after too many receives`],
    ["error", parked.error],
    ["lane", parked.lane],
    ["group", parked.group],
    ["receives", String(parked.receives)],
    ["parked at", parked.parkedAt],
  ];
  const lines = told.flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return `${aligned(lines)}\n\n${indented(parked.body)}`;
}

function indented(body: string): string {
  try {
    return printable(JSON.stringify(JSON.parse(body), null, 2));
  } catch {
    return printable(body);
  }
}
