// Supabase's Stripe Sync Engine on PostgreSQL, set up as its README says ("Usage", "Configuration"), with all that
// could slow it down off: no related entities, no lists completed, no signature to verify, no log.
import { createRequire } from "node:module";
import type * as SyncEngine from "@supabase/stripe-sync-engine";
import type { SQSEvent } from "aws-lambda";
import type Stripe from "stripe";
import type { Open } from "../contender.ts";

type Engine = SyncEngine.StripeSync;

// As an ES module it looks for its migrations beside a `__dirname` that no ES module has, and hides the error.
const { StripeSync, runMigrations } = createRequire(import.meta.url)(
  "@supabase/stripe-sync-engine",
) as typeof SyncEngine;

const SCHEMA = "stripe";

/** Connections, for lanes that are handled at once. */
const CONNECTIONS = 10;

/** It asks Stripe for the lines of each checkout session, and an upcoming invoice has no id to keep it under. */
const NOT_ALONE = /^checkout\.session\.|^invoice\.upcoming$/;

export const open: Open = async ({ postgres }) => {
  if (postgres === undefined)
    throw new Error("sync-engine needs a PostgreSQL, and place.postgres names none.");
  await migrate(postgres);
  const engine = new StripeSync({
    schema: SCHEMA,
    poolConfig: { connectionString: postgres, max: CONNECTIONS, keepAlive: true },
    stripeSecretKey: "sk_test_none",
    stripeWebhookSecret: "whsec_none",
    autoExpandLists: false,
    backfillRelatedEntities: false,
  });
  engine.stripe = neverAsked();
  return { handle: (batch) => handleBatch(engine, batch), close: () => engine.close() };
};

/** Whether it handles an event of that body's type, and without asking Stripe. */
export function knows(body: string): boolean {
  const { type } = JSON.parse(body) as Stripe.Event;
  return HANDLED.has(type) && !NOT_ALONE.test(type);
}

/** Its README lists no event types: these are the cases of its own code. */
const HANDLED = new Set(
  [...StripeSync.prototype.processEvent.toString().matchAll(/case "([a-z_.]+)"/g)].map(([, type]) => type),
);

/** `runMigrations` tells of a failure in its log only. */
async function migrate(databaseUrl: string): Promise<void> {
  const error = (cause: unknown) => {
    throw new Error("The migrations of sync-engine failed.", { cause });
  };
  const logger = { info: () => {}, error } as unknown as NonNullable<SyncEngine.StripeSyncConfig["logger"]>;
  await runMigrations({ schema: SCHEMA, databaseUrl, logger });
}

/** A client of Stripe that fails whatever would be asked. */
function neverAsked(): Stripe {
  const get = (_: object, resource: string | symbol) => {
    throw new Error(`sync-engine would ask Stripe: ${String(resource)}.`);
  };
  return new Proxy({}, { get }) as Stripe;
}

/** One after another; what follows a failure fails with it, so that nothing of the message group overtakes. */
async function handleBatch(engine: Engine, { Records }: SQSEvent) {
  for (const [index, { messageId, body }] of Records.entries()) {
    try {
      await engine.processEvent(JSON.parse(body) as Stripe.Event);
    } catch (error) {
      console.log(JSON.stringify({ message: messageId, outcome: "failed", error: String(error) }));
      return {
        batchItemFailures: Records.slice(index).map((record) => ({ itemIdentifier: record.messageId })),
      };
    }
  }
  return { batchItemFailures: [] };
}
