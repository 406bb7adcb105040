// The snapshot events that stripe-node has types for, each with the Stripe objects that it may carry.
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";

export type StripeEventType = { type: string; objects: StripeObjectType[] };

/** Its members tell what it can name; a few have no `id`, and an invoice lacks it in one event. */
export type StripeObjectType = { object: string; members: string[] };

const STRIPE = createRequire(new URL("../../packages/functions/src/stripe.ts", import.meta.url)).resolve(
  "stripe",
);
const RESOURCES = join(dirname(STRIPE), "resources");

const OBJECT = /^export interface (\w+) \{\n([\s\S]*?)^\}/gm;
const UNION = /^export type (\w+) = ([\w |]+);$/gm;
const EVENT =
  /^(?<doc>\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export interface \w+Event extends EventBase \{\n {4}type: '(?<type>[^']+)';[\s\S]*?^ {8}object: (?<carries>[\w.]+);$/gm;

/** By the name that the events use: `Invoice`, `Billing.Meter`; a union by those it is made of. */
type Names = ReadonlyMap<string, StripeObjectType | string[]>;

/**
 * Every snapshot event type, in alphabetical order.
 * @throws Error when stripe-node's declarations are laid out in a way that is not understood.
 */
export function stripeEvents(): StripeEventType[] {
  const text = readFileSync(join(RESOURCES, "Events.d.ts"), "utf8");
  const names = objectNames();
  const events = text.matchAll(EVENT).map(({ groups = {} }) => {
    const { doc = "", type = "", carries = "" } = groups;
    return { type, objects: objectsOf(names, carries).map((object) => inEvent(object, doc)) };
  });
  const found = [...events].sort((a, b) => (a.type < b.type ? -1 : 1));
  checkAgainst(listedTypes(text), found);
  return found;
}

/** "The received `Invoice` object will not have an invoice ID." */
function inEvent({ object, members }: StripeObjectType, doc: string): StripeObjectType {
  const isWithoutId = /will not have an? [\w ]*ID\b/.test(doc);
  return { object, members: members.filter((name) => name !== "id" || !isWithoutId) };
}

function objectNames(): Names {
  const files = readdirSync(RESOURCES, { recursive: true, encoding: "utf8" });
  return new Map(files.filter((file) => file.endsWith(".d.ts")).flatMap(namesIn));
}

function namesIn(file: string): [string, StripeObjectType | string[]][] {
  const text = readFileSync(join(RESOURCES, file), "utf8");
  const folder = dirname(file) === "." ? "" : `${basename(dirname(file))}.`;
  const objects = [...text.matchAll(OBJECT)].flatMap(([, name, body = ""]): [string, StripeObjectType][] => {
    const object = /^ {4}object: '([^']+)';/m.exec(body)?.[1];
    const members = [...body.matchAll(/^ {4}(\w+)\??: /gm)].map(([, member = ""]) => member);
    return object === undefined ? [] : [[`${folder}${name}`, { object, members }]];
  });
  const unions = [...text.matchAll(UNION)].map(([, name, of = ""]): [string, string[]] => [
    `${folder}${name}`,
    of.split(" | "),
  ]);
  return [...unions, ...objects];
}

function objectsOf(names: Names, name: string): StripeObjectType[] {
  const found = names.get(name);
  if (found === undefined)
    throw new Error(`stripe-node's events carry ${name}, whose declaration was not found.`);
  return Array.isArray(found) ? found.flatMap((one) => objectsOf(names, one)) : [found];
}

function listedTypes(text: string): string[] {
  const union = /^ {4}type Type = ([^;]+);$/m.exec(text)?.[1] ?? "";
  return [...union.matchAll(/'([^']+)'/g)].map(([, type = ""]) => type).sort();
}

function checkAgainst(listed: string[], found: StripeEventType[]): void {
  const types = new Set(found.map(({ type }) => type));
  const missing = listed.filter((type) => !types.has(type));
  if (missing.length === 0 && listed.length === found.length && listed.length > 0) return;
  throw new Error(
    `Of the ${listed.length} event types that stripe-node lists, ${found.length} were read; ${missing[0]} was not.`,
  );
}
