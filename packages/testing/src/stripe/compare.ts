// Compares the table with what the simulated Stripe knows to be true: each row, and the money to the cent.
import type { View, ViewOf } from "@stripe-lanes/core/view";
import type { Traffic } from "./traffic.ts";
import type { Ledger, TruthRow } from "./truth.ts";

export type Compared = {
  rows: number;
  /** How many of the rows are of each noun. */
  nouns: Record<string, number>;
  /** Rows, and sums of money, that are not as they should be. */
  wrong: number;
  /** What is wrong, a line each. */
  told: string[];
};

/** Every row of the truth must be there as it is, no row beside them, and what they come to must be the ledger. */
export function compare(views: View[], { truth, ledger }: Pick<Traffic, "truth" | "ledger">): Compared {
  const told = [...compareRows(views, truth), ...compareMoney(booksOf(views), ledger)];
  return { rows: truth.length, nouns: countBy(truth), wrong: told.length, told };
}

function countBy(truth: TruthRow[]): Record<string, number> {
  const nouns = [...Map.groupBy(truth, ({ noun }) => noun)].sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(nouns.map(([noun, rows]) => [noun, rows.length]));
}

/** What the payments come to, in minor units by currency; a payment that moved nothing is in no book. */
export function booksOf(views: View[]): Ledger {
  const books: Ledger = {};
  for (const { state } of views.filter(isPayment)) {
    const { currency, paid, refunded, disputed } = state;
    if (paid + refunded + disputed === 0) continue;
    const book = books[`${currency}`] ?? { paid: 0, refunded: 0, disputed: 0 };
    const sums = { paid: book.paid + paid, refunded: book.refunded + refunded };
    books[`${currency}`] = { ...sums, disputed: book.disputed + disputed };
  }
  return books;
}

function isPayment(view: View): view is ViewOf<"payment"> {
  return view.noun === "payment";
}

const COLUMNS = ["paid", "refunded", "disputed"] as const;

function compareMoney(books: Ledger, ledger: Ledger): string[] {
  const currencies = [...new Set([...Object.keys(ledger), ...Object.keys(books)])];
  return currencies.flatMap((currency) =>
    COLUMNS.flatMap((column) => {
      const [is, truth] = [books[currency]?.[column] ?? 0, ledger[currency]?.[column] ?? 0];
      return is === truth ? [] : [`The payments have ${is} ${currency} ${column}, and ${truth} is true`];
    }),
  );
}

function compareRows(views: View[], truth: TruthRow[]): string[] {
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
  return [...told, ...invented];
}

function nameOf({ noun, id, state }: Pick<TruthRow, "noun" | "id" | "state">): string {
  return [noun, noun === "generic" ? state.object : "", id].join("\n");
}

/** What of a row is not as the truth has it; null where all that it names is. */
export function differenceOf(view: View, row: TruthRow): string | null {
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
