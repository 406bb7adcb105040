// Every key of the table is made here (D13), and no two ids collide, whatever characters they hold.
import { customerOfEvent, objectIdOf, type StripeEvent } from "./event.ts";
import type { Home } from "./noun.ts";

export type Key = { pk: string; sk: string };

export type RowIdentity = {
  tenant: string;
  /** The noun's file name. */
  noun: string;
  /** The Stripe object type, where one noun keeps several: their ids are not unique across types. */
  object?: string;
  id: string;
  customer: string | null;
};

/** Starts a ledger row's sort key: in capitals it sorts before every noun, so that one query skips all events. */
export const LEDGER_PREFIX = "EVENT#";

/** The first sort key that no ledger row has: their prefix ends in "#", and "$" follows it. */
export const AFTER_LEDGER = "EVENT$";

export function rowKey(home: Home, row: RowIdentity): Key {
  const kind = kindOf(row);
  if (home === "customer" && row.customer !== null) {
    return { pk: partition(row.tenant, row.customer), sk: `${kind}#${escaped(row.id)}` };
  }
  return { pk: partition(row.tenant, row.id), sk: kind };
}

/** An entry of the first index. */
export type Relation = { gsi1pk: string; gsi1sk: string };

/**
 * The index entry that finds a customer's row by its own id, and an own row by its customer. What has the customer's
 * own id is found without one.
 */
export function relationKey(home: Home, row: RowIdentity): Relation | undefined {
  if (row.customer === null || (home === "customer" && row.id === row.customer)) return undefined;
  const kind = kindOf(row);
  if (home === "customer") return { gsi1pk: partition(row.tenant, row.id), gsi1sk: kind };
  return { gsi1pk: partition(row.tenant, row.customer), gsi1sk: `${kind}#${escaped(row.id)}` };
}

/** The index entry that lists a kind's rows of one status. */
export function statusKey(row: RowIdentity, status: string): { gsi2pk: string; gsi2sk: string } {
  return { gsi2pk: statusPartition(row, status), gsi2sk: escaped(row.id) };
}

/** A kind of row: its tenant, its noun and, where a noun keeps several, its Stripe object type. */
type RowKind = Pick<RowIdentity, "tenant" | "noun" | "object">;

/** The partition of the status index that lists a kind's rows of one status. */
export function statusPartition(kind: RowKind, status: string): string {
  return [kind.tenant, kindOf(kind), status].map(escaped).join("#");
}

/** More rows than one id has: Stripe's ids are unique, but for those of a few types among the generic rows. */
export const ROWS_OF_AN_ID = 10;

/** The partition of an id: a customer's holds its rows and its events. */
export function partition(tenant: string, id: string): string {
  return `${escaped(tenant)}#${escaped(id)}`;
}

/**
 * The ledger's key comes from the event alone (D6): in the partition of the customer it names, else of
 * its object, else of the event itself. So a customer's timeline is one query.
 */
export function ledgerKey(tenant: string, event: StripeEvent): Key {
  return {
    pk: aggregateOf(tenant, event),
    sk: `${LEDGER_PREFIX}${timeKey(event.created)}#${escaped(event.id)}`,
  };
}

/** What the sort keys of a kind's rows begin with, among those of other kinds that one partition has. */
export function kindPrefix(kind: Pick<RowIdentity, "noun" | "object">): string {
  return `${kindOf(kind)}#`;
}

/** Of what is written to see whether the table takes writes: no tenant's, since it has no "#". */
export const PROBE_KEY: Key = { pk: "probe", sk: "probe" };

/** Events of one aggregate are handled in order: the customer if there is one, else the object. */
export function aggregateOf(tenant: string, event: StripeEvent): string {
  return partition(tenant, customerOfEvent(event) ?? objectIdOf(event) ?? event.id);
}

export function sameKey(a: Key, b: Key): boolean {
  return a.pk === b.pk && a.sk === b.sk;
}

/** A key as one text, for maps: no key's text is another's. */
export function keyText({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}

/** Seconds as text that sorts as they do: ten digits last until the year 2286. */
function timeKey(seconds: number): string {
  return String(seconds).padStart(10, "0");
}

/** Reads back what `rowKey` wrote; a row that lives on its own does not name its customer there. */
export function identityOf({ pk, sk }: Key): RowIdentity {
  const [tenant = "", owner = ""] = pk.split("#").map(unescaped);
  const [kind = "", id] = sk.split("#");
  const [noun = "", object] = kind.split(":").map(unescaped);
  return {
    tenant,
    noun,
    ...(object === undefined ? {} : { object }),
    id: id === undefined ? owner : unescaped(id),
    customer: id === undefined ? null : owner,
  };
}

/** The id whose partition a key is in: the customer's of what lives with one. */
export function ownerOf({ pk }: Key): string {
  return unescaped(pk.slice(pk.indexOf("#") + 1));
}

/**
 * What a key is of, for people: `payment pi_1`, `event evt_1`. Of a reference only the customer, since its value may be
 * an email address.
 */
export function rowName(key: Key): string {
  if (isLedgerKey(key)) return `event ${unescaped(key.sk.slice(key.sk.lastIndexOf("#") + 1))}`;
  const { noun, object, id } = identityOf(key);
  return `${object ?? noun} ${id}`;
}

/** Whether a key is a ledger row's. */
export function isLedgerKey({ sk }: Key): boolean {
  return sk.startsWith(LEDGER_PREFIX);
}

function kindOf({ noun, object }: Pick<RowIdentity, "noun" | "object">): string {
  return object === undefined ? noun : `${noun}:${escaped(object)}`;
}

const SEPARATOR = /[%#:\n]/;

/** Keeps the separators out of what is put between them; Stripe's own ids hold none. */
function escaped(text: string): string {
  return SEPARATOR.test(text) ? text.replaceAll(/[%#:\n]/g, encodeURIComponent) : text;
}

function unescaped(text: string): string {
  return text.replaceAll(/%(25|23|3A|0A)/g, decodeURIComponent);
}
