// `dlq list`: what is parked, why, and what to do about it.
import { reasonOf, reasonsIn } from "./guidance.ts";
import { hiddenText, type Look, look } from "./look.ts";
import type { Options } from "./options.ts";
import type { Parked } from "./parked.ts";
import type { Stage } from "./stage.ts";
import { aligned } from "./text.ts";

const SUCCESS = 0;

export async function listCommand(stage: Stage, options: Options, signal: AbortSignal): Promise<number> {
  const seen = await look(stage, options, signal);
  console.log(options.json ? JSON.stringify(listJson(seen)) : listText(seen, options));
  return SUCCESS;
}

function listJson({ wanted, seen, total, hidden }: Look) {
  const reasons = reasonsIn(wanted).map(({ reason, messages, guidance }) => ({
    reason,
    messages,
    ...guidance,
  }));
  return { total, seen, hidden, reasons, messages: wanted.map(summaryOf) };
}

/** Everything but the body. */
export function summaryOf({ receiptHandle, body, attributes, event, ...summary }: Parked) {
  return summary;
}

function listText(seen: Look, { filter }: Options): string {
  if (seen.total === 0) return "Nothing is parked.";
  return [
    ...tableOf(seen.wanted),
    `${seen.wanted.length} of ${seen.total} parked messages.`,
    ...reasonsText(seen.wanted),
    ...hiddenText(seen, filter),
  ].join("\n");
}

/** A line for each message, and an empty one; nothing where there is none. */
export function tableOf(messages: Parked[]): string[] {
  if (messages.length === 0) return [];
  const rows = messages.map((parked) => [
    parked.parkedAt.slice(0, 19),
    reasonOf(parked),
    parked.eventId ?? parked.id,
    parked.eventType ?? "",
    parked.lane,
    String(parked.receives),
  ]);
  return [aligned([["PARKED AT", "REASON", "EVENT OR MESSAGE", "TYPE", "LANE", "RECEIVES"], ...rows]), ""];
}

function reasonsText(messages: Parked[]): string[] {
  const lines = reasonsIn(messages).map(
    ({ reason, messages: count, guidance }) => `${reason} (${count}): ${guidance.means} ${guidance.nextStep}`,
  );
  return lines.length === 0 ? [] : ["", ...lines];
}
