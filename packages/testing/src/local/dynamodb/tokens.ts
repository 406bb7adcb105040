// Client request tokens: for ten minutes a transaction sent again is answered, not repeated.
import { hash } from "node:crypto";
import type { Bill } from "./capacity.ts";
import type { Database } from "./database.ts";
import { idempotentParameterMismatch, transactionInProgress } from "./errors.ts";

const lifetimeMs = 10 * 60_000;

/** Every SDK sends a token with every transaction, so what is kept of a request is small. */
export const fingerprintOf = (items: unknown) => hash("sha1", JSON.stringify(items), "base64");

/** The bill of a repetition, if this is one. Throws when the token is in use or stands for something else. */
export function repetition({ tokens, clock }: Database, name: string, fingerprint: string): Bill | undefined {
  const token = tokens.get(name);
  if (!token || (token.expires !== undefined && token.expires <= clock.now())) return undefined;
  if (token.fingerprint !== fingerprint) throw idempotentParameterMismatch();
  if (token.expires === undefined) throw transactionInProgress();
  return token.reads;
}

/** Keeps the token while its transaction is in flight: until then `repetition` throws for it. */
export function holdToken({ tokens }: Database, name: string, fingerprint: string): void {
  tokens.set(name, { fingerprint, expires: undefined, reads: new Map() });
}

/** A cancelled transaction leaves its token free. */
export function releaseToken({ tokens }: Database, name: string): void {
  tokens.delete(name);
}

/** Keeps the token for ten minutes from now; `reads` is what a repetition is billed ("TransactWriteItems"). */
export function settleToken(database: Database, name: string, reads: Bill): void {
  const { tokens, clock } = database;
  const fingerprint = tokens.get(name)?.fingerprint ?? "";
  tokens.delete(name);
  forgetExpired(database);
  tokens.set(name, { fingerprint, expires: clock.now() + lifetimeMs, reads });
}

// Settled tokens stand in the order in which they expire.
function forgetExpired({ tokens, clock }: Database): void {
  const now = clock.now();
  for (const [name, { expires }] of tokens) {
    if (expires === undefined) continue;
    if (expires > now) return;
    tokens.delete(name);
  }
}
