// What a hostile sender writes: texts, numbers and JSON that break what trusts them.
import type { Random } from "@stripe-lanes/testing/random";

const TEXTS = [
  ...[
    "",
    " ",
    "\0",
    "\n",
    "\u001b[31m",
    '"',
    "\\",
    "\\u0000",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\udfff",
    "\u{1f600}",
  ],
  ...[
    "é",
    "中",
    "\u2028",
    "\ufeff",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "length",
    "$ref",
  ],
  ...[
    "cus_1",
    "evt_1",
    "event",
    "v2.core.event",
    "#",
    "main#cus_1",
    "EVENT#0000000000#evt_1",
    "%23",
    ":",
    "../..",
  ],
  ...[
    "null",
    "true",
    "NaN",
    "1e400",
    "-0",
    "{}",
    "<id>",
    "$.detail",
    "whsec_",
    "acct_1",
    "usd",
    "2026-11-28",
  ],
];

const NUMBERS = [
  "0",
  "-0",
  "-1",
  "1",
  "1.5",
  "9007199254740993",
  "1e400",
  "-1e308",
  "1e-400",
  "1e-130",
  "2147483648",
];

const VALUES = [
  ...["null", "true", "false", "[]", "{}", "[[]]", "[null]", '{"object":{}}', '{"id":{}}', '{"data":[]}'],
  ...[
    '{"__proto__":{"id":"evt_1"}}',
    '{"constructor":{"prototype":1}}',
    '{"toString":null}',
    '{"has_more":true}',
  ],
];

/** A text of a few hostile pieces; now and then a long one. */
export function hostileText(random: Random): string {
  if (random.chance(0.01)) return random.pick(TEXTS).repeat(random.integer(3_000));
  return Array.from({ length: random.integer(4) }, () => random.pick(TEXTS)).join("");
}

/** JSON of any kind, as text: some of it no value of a program could be written as. */
export function hostileJson(random: Random): string {
  const kind = random.integer(10);
  if (kind < 3) return JSON.stringify(hostileText(random));
  if (kind < 5) return random.pick(NUMBERS);
  if (kind < 9) return random.pick(VALUES);
  return nested(random);
}

function nested(random: Random): string {
  const levels = random.chance(0.02) ? 15_000 : random.integer(200);
  const [open, close] = random.pick([
    ["[", "]"],
    ['{"a":', "}"],
    ['{"__proto__":', "}"],
  ] as const);
  return `${open.repeat(levels)}1${close.repeat(levels)}`;
}

/** The text with a few of its characters gone, doubled or others. */
export function torn(text: string, random: Random): string {
  let left = text;
  for (let cuts = random.integer(3); cuts >= 0; cuts--) {
    const at = random.integer(left.length + 1);
    left = left.slice(0, at) + hostileText(random) + left.slice(at + random.integer(4));
  }
  return left;
}

const MARK = "\u0001";

/** JSON in which a few of the values, at any depth, are others. */
export function replacedIn(json: string, random: Random): string {
  let values = 0;
  JSON.parse(json, () => values++);
  const places = new Set(Array.from({ length: 1 + random.integer(3) }, () => random.integer(values)));
  let value = 0;
  const marked = JSON.stringify(JSON.parse(json, (_, was) => (places.has(value++) ? MARK : was)));
  return marked.replaceAll(JSON.stringify(MARK), () => hostileJson(random));
}

/** JSON with members more: names that a program may trip over, on one of its objects. */
export function extendedIn(json: string, random: Random): string {
  const objects = [...json.matchAll(/\{(?=")/g)].map(({ index }) => index + 1);
  const at = objects.length === 0 ? 0 : random.pick(objects);
  const member = `${JSON.stringify(hostileText(random))}:${hostileJson(random)},`;
  return objects.length === 0 ? json : json.slice(0, at) + member + json.slice(at);
}
