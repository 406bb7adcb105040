// Compares the table with what the simulated Stripe knows to be true.
import type { View } from "@stripe-lanes/core/view";
import type { TruthRow } from "./truth.ts";

export type Compared = {
  rows: number;
  wrong: number;
  /** What is wrong, a line each. */
  told: string[];
};

/** Every row of the truth must be there as it is, and no row beside them. */
export function compare(views: View[], truth: TruthRow[]): Compared {
  const found = new Map(views.map((view) => [nameOf(view), view]));
  const told = truth.flatMap((row) => {
    const view = found.get(nameOf(row));
    found.delete(nameOf(row));
    const wrong = view === undefined ? "is missing" : differenceOf(view, row);
    return wrong === null ? [] : [`${row.noun} ${row.id} ${wrong}`];
  });
  const invented = [...found.values()].map(
    ({ noun, id }) => `${noun} ${id} is in the table and not in the truth`,
  );
  return { rows: truth.length, wrong: told.length + invented.length, told: [...told, ...invented] };
}

function nameOf({ noun, id, state }: Pick<TruthRow, "noun" | "id" | "state">): string {
  return [noun, noun === "generic" ? state.object : "", id].join("\n");
}

function differenceOf(view: View, row: TruthRow): string | null {
  for (const field of ["customer", "status", "deleted"] as const) {
    if (view[field] !== row[field]) return `has the ${field} ${view[field]}, and ${row[field]} is true`;
  }
  const state: Record<string, unknown> = view.state;
  const wrong = Object.keys(row.state).find((member) => !holds(state[member], row.state[member]));
  if (wrong === undefined) return null;
  return `has ${wrong} ${JSON.stringify(state[wrong])}, and ${JSON.stringify(row.state[wrong])} is true`;
}

/** Whether a value is what is true, as far as the truth tells: it does not name every member of an object. */
function holds(value: unknown, truth: unknown): boolean {
  if (typeof truth !== "object" || truth === null) return Object.is(value, truth);
  if (typeof value !== "object" || value === null) return false;
  if (Array.isArray(truth) && (!Array.isArray(value) || value.length !== truth.length)) return false;
  return Object.entries(truth).every(([name, member]) =>
    holds((value as Record<string, unknown>)[name], member),
  );
}
