// What a redrive says to a person at its end.
import type { Became } from "./became.ts";
import { guidanceOf, reasonOf } from "./guidance.ts";
import { keptText } from "./preview.ts";
import type { Redriven, Sent } from "./redrive.ts";
import { aligned } from "./text.ts";

/** `became` is missing where nothing was sent. */
export type Told = Sent & { became: Became | undefined };

export function endText(told: Told[], { again }: Redriven): string {
  const parkedAgain = new Set(told.filter(isParkedAgain).map(({ parked }) => parked.body));
  const late = again.filter(({ body }) => !parkedAgain.has(body)).length;
  if (told.length === 0) return "Nothing to redrive.";
  const rows = told.map((one) => [
    one.parked.eventId ?? one.parked.id,
    one.parked.eventType ?? "",
    one.parked.lane,
    wordOf(one),
    noteOf(one),
  ]);
  return [
    aligned([["EVENT OR MESSAGE", "TYPE", "LANE", "BECAME", ""], ...rows]),
    "",
    `${told.length} messages: ${countsOf(told.map(wordOf))}.`,
    ...(late > 0 ? [lateText(late)] : []),
    ...told.filter(({ step }) => step === "never").map(({ parked }) => `Not sent: ${keptText(parked)}`),
    ...parkedAgainText(told),
  ].join("\n");
}

function parkedAgainText(told: Told[]): string[] {
  const reasons = new Set(told.filter(isParkedAgain).map(({ became }) => became?.reason ?? null));
  return [...reasons].map(
    (reason) => `Parked again, ${reasonOf({ reason })}: ${guidanceOf({ reason }).nextStep}`,
  );
}

function lateText(late: number): string {
  return `${late} came up when their event had been redriven already, and stay parked: run it again.`;
}

const NOT_SENT: ReadonlySet<Sent["step"]> = new Set(["failed", "behind", "never"]);

function wordOf({ step, became }: Told): string {
  if (NOT_SENT.has(step)) return "not sent";
  if (isParkedAgain({ became })) return "parked again";
  return became?.outcome ?? "waiting";
}

function isParkedAgain({ became }: Pick<Told, "became">): boolean {
  return became?.outcome === "parked";
}

function noteOf({ parked, step, became, error }: Told): string {
  if (step === "behind") return "an earlier one of its customer or object could not be sent";
  if (step === "failed") return error?.message ?? "";
  if (step === "never") return reasonOf(parked);
  if (step === "kept") return `still in the dead-letter queue, too: ${error?.message}`;
  if (became?.outcome === "waiting") return "no outcome yet";
  if (became?.outcome === "untold") return "its body is no event: look whether it is parked again";
  return became?.reason ?? "";
}

function countsOf(words: string[]): string {
  const counts = Map.groupBy(words, (word) => word);
  return [...counts].map(([word, all]) => `${all.length} ${word}`).join(", ");
}
