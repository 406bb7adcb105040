// What proves that somebody may post to a local run: a token for its own user, signing secrets for Stripe.
import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { Mistake } from "../mistake.ts";

/** Good for one run: it is printed, and kept nowhere. */
export function newToken(): string {
  return randomBytes(16).toString("hex");
}

/** Looks as the Stripe CLI's do. */
export function newSigningSecret(): string {
  return `whsec_${randomBytes(32).toString("hex")}`;
}

/** Whether an `Authorization` header carries the token; in the same time wherever they differ. */
export function hasToken(authorization: string | undefined, token: string): boolean {
  const told = /^Bearer +(\S+) *$/i.exec(authorization ?? "")?.[1] ?? "";
  return timingSafeEqual(digest(told), digest(token));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/**
 * One signing secret or several, with commas between.
 * @param name where it was told, such as `--webhook-secret`
 * @throws Mistake that does not repeat it
 */
export function signingSecrets(name: string, text: string): string[] {
  const secrets = text.split(",").map((secret) => secret.trim());
  if (secrets.every((secret) => /^whsec_[\w+/=-]+$/.test(secret))) return secrets;
  throw new Mistake(
    `${name} takes a signing secret as stripe listen --print-secret prints it: whsec_… (several with commas between).`,
  );
}
