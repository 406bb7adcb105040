// Whether an answer to a request is right, worked out without Stripe's SDK: who signed, and what is on the bus then.
import { timingSafeEqual } from "node:crypto";
import type { Entry } from "@stripe-lanes/functions/entry";
import type { AdmitOptions, Admitted, Refusal, Request } from "@stripe-lanes/functions/ingress";
import { signature } from "./requests.ts";

export type Admit = (request: Request, options: AdmitOptions) => Admitted | Refusal;

const TOLERANCE = 300;
const LARGEST = 1_048_576;
const SURELY_TAKEN = 262_144;

/** What is wrong with the answer, or null. */
export function wrongWith(admit: Admit, request: Request, options: AdmitOptions): string | null {
  let answer: Admitted | Refusal;
  try {
    answer = admit(request, options);
  } catch (error) {
    return `it throws ${(error as Error).name}: ${(error as Error).message}`;
  }
  const body = bodyOf(request);
  const signed = seconds(request, body, options);
  const isFresh = signed.some((second) => options.now / 1000 - second <= TOLERANCE);
  return "refusal" in answer
    ? wrongRefusal(answer, body, signed.length > 0, isFresh && isPlain(request))
    : wrongEntries(answer, body, isFresh);
}

function bodyOf({ body, isBase64Encoded }: Request): string {
  return isBase64Encoded ? Buffer.from(body ?? "", "base64").toString() : (body ?? "");
}

/** The seconds of the header for which one of its signatures is good. */
function seconds({ headers }: Request, body: string, { secrets }: AdmitOptions): number[] {
  const items = itemsOf(headers["stripe-signature"] ?? "");
  const told = new Set(items.filter(([name]) => name === "t").map(([, value]) => Number.parseInt(value, 10)));
  const signatures = items.filter(([name]) => name === "v1").map(([, value]) => value);
  return [...told].filter((second) =>
    secrets.some((secret) => signatures.some((one) => isSame(one, signature(secret, second, body)))),
  );
}

function itemsOf(header: string): [name: string, value: string][] {
  return header.split(",").map((item) => {
    const [name = "", value = ""] = item.split("=");
    return [name, value];
  });
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** As Stripe writes it: one time, and nothing empty or strange beside it. Any other may be refused. */
function isPlain({ headers }: Request): boolean {
  return /^t=\d{10}(,v[01]=[0-9a-f]{64})+$/.test(headers["stripe-signature"] ?? "");
}

function wrongRefusal(answer: Refusal, body: string, isSigned: boolean, mustPass: boolean): string | null {
  const { status, refusal, metric } = answer;
  if (status !== 400 && status !== 413) return `it answers ${status}`;
  if (!/^[A-Z][^\n]*\.$/.test(refusal) || refusal.length > 200) return "its refusal is no sentence";
  if (!isSigned && (metric !== undefined || answer.eventId !== undefined))
    return "it tells of what nobody signed";
  if (isSigned && mustPass && metric === undefined)
    return "no metric tells of a signed event that it refuses";
  const type = mustPass ? typeOf(body) : undefined;
  if (type === undefined) return null;
  const isBarred = status === 413 ? Buffer.byteLength(body) > LARGEST - 1_000 : isDeep(body);
  return isBarred && !isFetchable(body) ? null : "it refuses a signed event";
}

/** By brackets alone, those in texts too: no fewer levels than there are. */
function isDeep(body: string): boolean {
  return (body.match(/[[{]/g)?.length ?? 0) > 900;
}

function typeOf(body: string): string | undefined {
  const { type } = objectOf(body) ?? {};
  return typeof type === "string" && type !== "" ? type : undefined;
}

const EVENT_MEMBERS = ["id", "type", "api_version", "created", "livemode", "account"];
const OBJECT_MEMBERS = ["object", "id", "customer", "customer_account"];

/** Whether a claim check is sure to be able to stand for it. */
function isFetchable(body: string): boolean {
  const event = objectOf(body);
  const about = event && asObject(asObject(event.data)?.object);
  if (event?.object !== "event" || !about || typeof event.id !== "string" || event.id === "") return false;
  const members = [...EVENT_MEMBERS.map((name) => event[name]), ...OBJECT_MEMBERS.map((name) => about[name])];
  return members.every(
    (value) => value === null || (typeof value !== "object" && String(value).length < 1_000),
  );
}

function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}

function objectOf(body: string): Record<string, unknown> | undefined {
  try {
    return asObject(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function wrongEntries(answer: Admitted, body: string, isFresh: boolean): string | null {
  if (!isFresh) return "it accepts what nobody signed";
  if (typeOf(body) === undefined) return "it accepts what is no event";
  const entries = [answer.entry, ...(answer.claimCheck ? [answer.claimCheck] : [])];
  const bytes = entries.map(sizeOf).reduce((sum, size) => sum + size, 0);
  if (bytes > LARGEST) return `its entries have ${bytes} bytes`;
  if (bytes > SURELY_TAKEN && isFetchable(body)) return "a claim check would be sure to arrive";
  if (entries.some(({ Detail }) => /[\ufffe\uffff]/.test(Detail))) return "SQS refuses its detail";
  return entries.every((entry) => standsFor(entry, body)) ? null : "what it puts on the bus is another event";
}

function sizeOf({ Source, DetailType, Detail }: Entry): number {
  return Buffer.byteLength(Source + DetailType + Detail);
}

/** The body but for escapes, or ids alone. Texts, since numbers may be past what a program can hold. */
function standsFor({ Detail }: Entry, body: string): boolean {
  if (unescaped(Detail) === unescaped(body)) return true;
  const [told, event] = [objectOf(Detail), objectOf(body)];
  return (
    told !== undefined && told.id === event?.id && told.type === event?.type && told.object === event?.object
  );
}

function unescaped(json: string): string {
  return json.replaceAll(/\\uffff/gi, "\uffff").replaceAll(/\\ufffe/gi, "\ufffe");
}
