// Requests to the webhook as anybody may make them: signed or not, with headers of any shape.
import { createHmac } from "node:crypto";
import type { Request } from "@stripe-lanes/functions/ingress";
import type { Random } from "@stripe-lanes/testing/random";
import { bodyFrom } from "./events.ts";
import { hostileText } from "./hostile.ts";

/** Any of them signs: one is being rolled. */
const SECRETS = ["whsec_new", "whsec_old"];

/** Seconds since the epoch at which every request comes. */
export const SECOND = 1_795_000_000;

/** Of the endpoint that they are sent to. */
export const OPTIONS = { secrets: SECRETS, source: "stripe-lanes.webhook", now: SECOND * 1_000 };

/** Typed, and nothing that could be fetched. */
const UNKNOWN = Array.from({ length: 20 }, () => '{"type":"t"}');

const LARGE = [200_000, 262_144, 300_000, 1_048_576, 1_200_000];

export function signature(secret: string, second: number | string, body: string): string {
  return createHmac("sha256", secret).update(`${second}.${body}`).digest("hex");
}

export function requestFrom(known: readonly string[], random: Random): Request {
  const body = random.chance(0.002)
    ? enlarged(random.pick([...known, ...UNKNOWN]), random)
    : wellFormed(bodyFrom(known, random));
  const isBase64Encoded = random.chance(0.2);
  const sent = isBase64Encoded ? Buffer.from(body).toString("base64") : body;
  const header = headerFor(body, random);
  return {
    ...(random.chance(0.005) ? {} : { body: random.chance(0.02) ? hostileText(random) : sent }),
    isBase64Encoded: random.chance(0.01) ? !isBase64Encoded : isBase64Encoded,
    headers: header === undefined ? {} : { "stripe-signature": header },
  };
}

/** What comes over HTTP is UTF-8. */
function wellFormed(body: string): string {
  return body.toWellFormed();
}

function enlarged(body: string, random: Random): string {
  const piece = random.pick(["x", "é", "\uffff", "\\ud800"]);
  const padding = piece.repeat(Math.ceil(random.pick(LARGE) / Buffer.byteLength(piece)));
  return body.replace(/\{(?=")/, `{"padding":"${padding}",`);
}

function headerFor(body: string, random: Random): string | undefined {
  const kind = random.integer(10);
  if (kind < 4) return signed(body, random, SECOND - random.integer(302));
  if (kind < 5) return random.pick([undefined, "", " ", ",", "=", "t", "v1", hostileText(random)]);
  return Array.from({ length: random.integer(6) }, () => item(body, random)).join(",");
}

/** As Stripe signs: now and then with two secrets, and beside a signature of the older scheme. */
function signed(body: string, random: Random, second: number): string {
  const [one = "", other = ""] = random.shuffle(SECRETS);
  const v1 = [one, ...(random.chance(0.1) ? [other] : [])].map(
    (secret) => `v1=${signature(secret, second, body)}`,
  );
  return [`t=${second}`, ...v1, ...(random.chance(0.2) ? [`v0=${"0".repeat(64)}`] : [])].join(",");
}

function item(body: string, random: Random): string {
  const name = random.pick([
    "t",
    "t",
    "v1",
    "v1",
    "v1",
    "v0",
    "V1",
    "T",
    "",
    " t",
    "v1 ",
    "__proto__",
    hostileText(random),
  ]);
  const sign = random.pick(["=", "=", "=", "=", "=", "", "==", " = "]);
  return `${name}${sign}${name.toLowerCase().trim() === "t" ? time(random) : guess(body, random)}`;
}

function time(random: Random): string {
  const seconds = String(SECOND - random.integer(400) + 20);
  const odd = [
    "",
    "NaN",
    "-1",
    "0",
    "Infinity",
    "-Infinity",
    "1e99",
    "0x10",
    "9".repeat(400),
    "१",
    hostileText(random),
  ];
  return random.pick([
    seconds,
    String(SECOND),
    String(SECOND),
    `${SECOND}.5`,
    `${SECOND}x`,
    random.pick(odd),
  ]);
}

function guess(body: string, random: Random): string {
  const real = signature(random.pick(SECRETS), random.chance(0.7) ? SECOND : SECOND - 301, body);
  const wrong = [
    real.toUpperCase(),
    real.slice(1),
    `${real}0`,
    ` ${real}`,
    "0".repeat(64),
    "",
    "é",
    hostileText(random),
  ];
  return random.pick([real, random.pick(wrong), signature("whsec_other", SECOND, body)]);
}
