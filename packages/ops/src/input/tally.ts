// What an input holds: counted, for the sentences about it.
import type { JsonObject } from "@stripe-lanes/core/json";
import { isEvent } from "./unwrap.ts";

/** A JSON object that is taken for an event until the worker says otherwise. */
export type EventJson = { [member: string]: unknown };

export type Tally = {
  events: number;
  /** Objects that are no events, by what they say they are; "" where they say nothing. */
  others: Map<string, number>;
  /** Lines of text that are no JSON. */
  textLines: number;
  /** Lists that have further pages. */
  pages: number;
  /** Characters read. */
  characters: number;
};

export function emptyTally(): Tally {
  return { events: 0, others: new Map(), textLines: 0, pages: 0, characters: 0 };
}

export function countObject(tally: Tally, json: JsonObject): void {
  if (isEvent(json)) {
    tally.events += 1;
    return;
  }
  const name = typeof json.object === "string" ? json.object : "";
  tally.others.set(name, (tally.others.get(name) ?? 0) + 1);
}

/** Events, and the objects that are sent as if they were. */
export function objectsCounted({ events, others }: Tally): number {
  return [...others.values()].reduce((sum, count) => sum + count, events);
}

export function sumOf(tallies: Tally[]): Tally {
  const sum = emptyTally();
  for (const { others, ...counts } of tallies) {
    for (const [name, count] of others) sum.others.set(name, (sum.others.get(name) ?? 0) + count);
    sum.events += counts.events;
    sum.textLines += counts.textLines;
    sum.pages += counts.pages;
    sum.characters += counts.characters;
  }
  return sum;
}

const ACCEPTED =
  "give Stripe events as JSON: alone, one a line, in a list, or as EventBridge, SQS, Lambda or CloudWatch wrap them";

/** For an input without any event. */
export function noEventText(name: string, { others, textLines }: Tally): string {
  const counts = [...others].map(([object, count]) => counted(count, `${object || "other JSON"} object`));
  if (textLines > 0) counts.push(counted(textLines, "line of text", "lines of text"));
  if (counts.length === 0) return `${name} holds no event.`;
  return `${name} holds no Stripe event, but ${counts.join(" and ")}; ${ACCEPTED}.`;
}

/** What is worth knowing of an input that is used. */
export function notesOn(name: string, { textLines, pages }: Tally): string[] {
  return [
    ...(textLines > 0
      ? [`${name}: skipped ${counted(textLines, "line of text", "lines of text")} between the events.`]
      : []),
    ...(pages > 0
      ? [`${name} holds one page of a longer list (has_more): the other pages are not in it.`]
      : []),
  ];
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
