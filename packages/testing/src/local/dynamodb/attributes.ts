// Items as they travel in JSON, and what they weigh: DynamoDB bills by bytes, so a byte is worth getting right.

export type AttributeValue =
  | { S: string }
  | { N: string }
  | { B: string }
  | { BOOL: boolean }
  | { NULL: boolean }
  | { SS: string[] }
  | { NS: string[] }
  | { BS: string[] }
  | { M: Item }
  | { L: AttributeValue[] };

export type Item = { [name: string]: AttributeValue };

/** No item may be larger, names included. */
export const maximumItemBytes = 409_600;

const documentOverhead = 3;
const elementOverhead = 1;

/** Bytes of an item: UTF-8 names and values, as AWS's "DynamoDB item sizes and formats" counts them. */
export function itemBytes(item: Item): number {
  let bytes = 0;
  for (const name of Object.keys(item)) bytes += Buffer.byteLength(name) + valueBytes(item[name]);
  return bytes;
}

function valueBytes(value: AttributeValue | undefined): number {
  if (value === undefined) return 0;
  if ("S" in value) return Buffer.byteLength(value.S);
  if ("N" in value) return numberBytes(value.N);
  if ("M" in value)
    return documentOverhead + elementOverhead * Object.keys(value.M).length + itemBytes(value.M);
  if ("L" in value)
    return documentOverhead + sum(value.L, (element) => elementOverhead + valueBytes(element));
  if ("B" in value) return Buffer.byteLength(value.B, "base64");
  if ("SS" in value) return sum(value.SS, (text) => Buffer.byteLength(text));
  if ("NS" in value) return sum(value.NS, numberBytes);
  if ("BS" in value) return sum(value.BS, (bytes) => Buffer.byteLength(bytes, "base64"));
  return 1;
}

/**
 * Two significant digits to a byte, counted from the decimal point outwards, one byte more, and one for a minus:
 * as measured to the byte on AWS by paritysuite/dynamodb-conformance; the developer guide says "approximately".
 */
function numberBytes(text: string): number {
  const sign = text.startsWith("-") ? 1 : 0;
  const [whole = "", fraction = ""] = text.slice(sign).split(".");
  if (fraction === "") return 1 + sign + pairs(whole.replace(/^0+|0+$/g, ""));
  if (whole === "0") return 1 + sign + pairs(fraction.replace(/^0+/, ""));
  return 1 + sign + pairs(whole) + pairs(fraction);
}

const pairs = (digits: string) => Math.ceil(digits.length / 2);

function sum<T>(values: readonly T[], weight: (value: T) => number): number {
  return values.reduce((total, value) => total + weight(value), 0);
}

/** The deepest level that a value may have, where an attribute is on the first ("Quotas in Amazon DynamoDB"). */
const deepestLevel = 32;

/** Whether any attribute nests lists and maps beyond what DynamoDB takes. */
export function isTooDeep(item: unknown): boolean {
  return isRecord(item) && Object.values(item).some((value) => isValueTooDeep(value, 1));
}

function isValueTooDeep(value: unknown, level: number): boolean {
  if (level > deepestLevel) return true;
  if (!isRecord(value)) return false;
  const { M, L } = value;
  if (isRecord(M)) return Object.values(M).some((member) => isValueTooDeep(member, level + 1));
  return Array.isArray(L) && L.some((element) => isValueTooDeep(element, level + 1));
}

const canonicalInteger = /^(?:0|-?[1-9]\d{0,37})$/;

/** Whether this is a map of attributes that no validation could refuse or rewrite. Sets and fractions never are. */
export function isPlainItem(item: unknown): item is Item {
  return isRecord(item) && Object.keys(item).every((name) => isPlainValue(item[name]));
}

function isPlainValue(value: unknown): value is AttributeValue {
  if (!isRecord(value)) return false;
  const [type, another] = Object.keys(value);
  return type !== undefined && another === undefined && isPlain(type, value[type]);
}

function isPlain(type: string, content: unknown): boolean {
  if (type === "S") return typeof content === "string";
  if (type === "N") return typeof content === "string" && canonicalInteger.test(content);
  if (type === "M") return isPlainItem(content);
  if (type === "L") return Array.isArray(content) && content.every(isPlainValue);
  if (type === "BOOL") return typeof content === "boolean";
  return type === "NULL" && content === true;
}

/** Whether it is an object that is no list: of a request nobody has checked the types yet. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Equality as DynamoDB sees it: documents by content, sets in any order. */
export function sameValue(one: AttributeValue | undefined, other: AttributeValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const [type = ""] = Object.keys(one);
  const left = (one as Record<string, unknown>)[type];
  const right = (other as Record<string, unknown>)[type];
  if (type === "M") return isRecord(right) && sameItem(left as Item, right as Item);
  if (type === "L") return Array.isArray(right) && sameList(left as AttributeValue[], right);
  if (Array.isArray(left)) return Array.isArray(right) && sameSet(left, right);
  return left === right;
}

/** As `sameValue`, of all attributes: none more, none fewer, in any order. */
export function sameItem(one: Item, other: Item): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => sameValue(one[name], other[name]))
  );
}

const sameList = (one: AttributeValue[], other: AttributeValue[]) =>
  one.length === other.length && one.every((value, index) => sameValue(value, other[index]));

const sameSet = (one: unknown[], other: unknown[]) =>
  one.length === other.length && one.every((value) => other.includes(value));
