// `--dry-run`: what a redrive or a discard would do.
import { cannotBeRedriven, guidanceOf, reasonOf } from "./guidance.ts";
import { summaryOf, tableOf } from "./list.ts";
import { hiddenText, type Look, look } from "./look.ts";
import type { Options } from "./options.ts";
import type { Parked } from "./parked.ts";
import type { Stage } from "./stage.ts";

const SUCCESS = 0;

export async function previewCommand(stage: Stage, options: Options, signal: AbortSignal): Promise<number> {
  const seen = await look(stage, options, signal);
  const isKept = (parked: Parked) =>
    options.command === "redrive" && !options.force && cannotBeRedriven(parked);
  const kept = seen.wanted.filter(isKept);
  const due = seen.wanted.filter((parked) => !kept.includes(parked));
  const text = () => textOf(due, kept, seen, options);
  console.log(options.json ? JSON.stringify(jsonOf(due, kept, seen)) : text());
  return SUCCESS;
}

function jsonOf(due: Parked[], kept: Parked[], { total, hidden, missing }: Look) {
  return { dryRun: true, total, hidden, missing, messages: due.map(summaryOf), left: kept.map(summaryOf) };
}

function textOf(due: Parked[], kept: Parked[], seen: Look, { command, filter }: Options): string {
  const would = command === "redrive" ? "redriven" : "discarded";
  return [
    ...tableOf(due),
    `Dry run: ${due.length} of ${seen.total} parked messages would be ${would}. Nothing was changed.`,
    ...kept.map((parked) => `Would stay parked: ${keptText(parked)}`),
    ...hiddenText(seen, filter),
  ].join("\n");
}

/** A message that a redrive does not send, why, and what to do instead. */
export function keptText(parked: Parked): string {
  const { means, nextStep } = guidanceOf(parked);
  return `${parked.eventId ?? parked.id} (${reasonOf(parked)}): ${means} ${nextStep}`;
}
