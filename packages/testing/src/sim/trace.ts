// What a history tells, line by line, and the lines of it that concern somebody.
import type { StripeEvent } from "../stripe/event.ts";
import { runHistory } from "./history.ts";
import type { Plan } from "./plan.ts";
import { stripeOf } from "./source.ts";

/** Every line, also of a history that breaks off: begun with the milliseconds since its first event. */
export async function traceOf(plan: Plan): Promise<string[]> {
  const lines: string[] = [];
  await runHistory(plan, (line) => lines.push(line)).catch((error: unknown) =>
    lines.push(`broke off: ${error}`),
  );
  return lines;
}

/** Those that concern the events or objects which a sentence names, or all where it names none that is in them. */
export function linesAbout(lines: readonly string[], sentence: string, plan: Plan): readonly string[] {
  const named = sentence.match(/\b[a-z]+(?:_[A-Za-z0-9]+)+\b/g) ?? [];
  const events = new Set([...named, ...eventsOf(plan, new Set(named))]);
  const messages = new Set(lines.flatMap((line) => messageIn(line, events) ?? []));
  const about = lines.filter((line) => wordsOf(line).some((word) => events.has(word) || messages.has(word)));
  return about.length > 0 ? about : lines;
}

function wordsOf(line: string): string[] {
  return line.split(/[ /]/);
}

/** What the worker tells of a message names its event beside it. */
function messageIn(line: string, events: ReadonlySet<string>): string | undefined {
  const [, message, event] = line.split(" ");
  return event !== undefined && events.has(event) && /^[0-9a-f]{6}$/.test(message ?? "")
    ? message
    : undefined;
}

/** The events of objects, or of customers, with these ids: a line names the event alone. */
function eventsOf(plan: Plan, ids: ReadonlySet<string>): string[] {
  const { sandbox, steps } = stripeOf(plan);
  while (sandbox.events.length < plan.first && !steps.next().done);
  return sandbox.events.filter((event) => isAbout(event, ids)).map(({ id }) => id);
}

function isAbout({ data: { object } }: StripeEvent, ids: ReadonlySet<string>): boolean {
  return [object.id, object.customer].some((id) => typeof id === "string" && ids.has(id));
}
