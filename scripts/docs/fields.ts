// A state's fields with their types and units, one a line.
import { type Declaration, type Member, type Type, typeText } from "./declarations.ts";
import { code, sections, table } from "./markdown.ts";

const SECONDS = "seconds since the epoch";
const MINOR = "minor units";

/** The unit of a number, by its field's name; a field that is not here says its unit in its comment. */
const UNITS: Readonly<Record<string, string>> = {
  ...unit(
    SECONDS,
    "created startedAt trialStart trialEnd cancelAt canceledAt endedAt endsAt periodStart periodEnd",
  ),
  ...unit(
    SECONDS,
    "resumesAt nextAttempt dueDate finalizedAt paidAt evidenceDueBy redeemBy start end expiresAt",
  ),
  ...unit(SECONDS, "since until unpaidSince"),
  ...unit(
    MINOR,
    "balance subtotal total unitAmount tax due paid remaining amount captured refunded disputed",
  ),
  ...unit(MINOR, "amountOff available pending discount shipping overpaid startingBalance endingBalance"),
  ...unit(MINOR, "prePayment postPayment toBalance outOfBand threshold"),
  ...unit(SECONDS, "voidedAt completedAt releasedAt billingCycleAnchor deadline effectiveAt triggeredAt"),
  ...unit(MINOR, "fell funded taken"),
  ...unit(SECONDS, "failedAt good remindedOf"),
  ...unit("pieces", "quantity capacity sold reserved oversold"),
  ...unit("times", "attempts maxRedemptions timesRedeemed"),
  ...unit("intervals", "intervalCount"),
  ...unit("months", "durationInMonths"),
  ...unit("percent", "percentOff"),
  ...unit("month of the year", "expMonth"),
  ...unit("year", "expYear"),
};

function unit(name: string, fields: string): Record<string, string> {
  return Object.fromEntries(fields.split(" ").map((field) => [field, name]));
}

/** A table for each type that is an object; of others, what they may be. */
export function fieldsOf(declarations: readonly Declaration[]): string {
  const tables = new Set(declarations.map(({ name }) => name));
  return sections(...declarations.map((one) => described(one, tables))).trimEnd();
}

function described({ name, doc, type }: Declaration, tables: ReadonlySet<string>): string {
  const rows = rowsOf(type, "", name);
  const shared = type.kind === "intersection" ? type.of.map(typeText).filter((one) => tables.has(one)) : [];
  const title = [`**${name}**`, ...shared.map((one) => `all of ${code(one)}`)].join(", with ");
  const head = doc === "" ? title : `${title}: ${doc}`;
  if (rows.length === 0) return `${head} ${code(typeText(type))}`;
  return `${head}\n\n${table(HEAD, rows)}`;
}

const HEAD = ["Field", "Type", "Unit", "What it says"];

/** The fields of one type; `owner` is what an error names. */
export function fieldTable(type: Type, owner: string): string {
  return table(HEAD, rowsOf(type, "", owner));
}

/** Objects that are spelled out within another are laid out under their field: `pause.resumesAt`, `lines[].price`. */
function rowsOf(type: Type, path: string, owner: string): string[][] {
  if (type.kind === "name") return [];
  if (type.kind === "array") return rowsOf(type.of, `${path}[]`, owner);
  if (type.kind === "object") return type.members.flatMap((member) => memberRows(member, path, owner));
  return type.of.flatMap((one) => rowsOf(one, path, owner));
}

function memberRows(member: Member, path: string, owner: string): string[][] {
  const { name, doc, optional, type } = member;
  const field = path === "" ? name : `${path}.${name}`;
  const unit = unitOf(member, owner);
  const says = doc.toLowerCase() === `${unit}.` ? "" : doc;
  const cells = [code(optional ? `${field}?` : field), code(typeText(type)), unit, says];
  return [cells, ...rowsOf(type, field, owner)];
}

/** @throws Error for a number of which neither its comment nor the table above says what it counts. */
function unitOf({ name, doc, type }: Member, owner: string): string {
  if (!/\bnumber\b/.test(typeText(type))) return "";
  const known = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
  if (known === undefined && doc === "") {
    throw new Error(
      `${owner}.${name} is a number without a unit: say it in a comment or in scripts/docs/fields.ts.`,
    );
  }
  return known ?? "";
}
