// `dlq show`: one parked message with its body.
import { guidanceOf, reasonOf } from "./guidance.ts";
import { summaryOf } from "./list.ts";
import { look } from "./look.ts";
import type { Options } from "./options.ts";
import type { Parked } from "./parked.ts";
import type { Stage } from "./stage.ts";
import { aligned, printable } from "./text.ts";

const SUCCESS = 0;

export async function showCommand(stage: Stage, options: Options, signal: AbortSignal): Promise<number> {
  const { wanted } = await look(stage, options, signal);
  console.log(options.json ? JSON.stringify(wanted.map(wholeJson)) : wanted.map(wholeText).join("\n\n"));
  return SUCCESS;
}

function wholeJson(parked: Parked) {
  const { means, nextStep } = guidanceOf(parked);
  return { ...summaryOf(parked), means, nextStep, body: parked.body };
}

function wholeText(parked: Parked): string {
  const { means, nextStep } = guidanceOf(parked);
  const told: [string, string | null][] = [
    ["message", parked.id],
    ["event", parked.eventId],
    ["type", parked.eventType],
    ["customer", parked.customer],
    ["reason", reasonOf(parked)],
    ["means", means],
    ["next step", nextStep],
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
