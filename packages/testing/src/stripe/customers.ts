// Customers, and the cards they pay with.
import { hasEnded } from "./billing.ts";
import { emit } from "./emit.ts";
import { type Metadata, type MetadataChanges, withMetadata } from "./metadata.ts";
import { newPaymentMethod } from "./payment-methods.ts";
import type { Customer } from "./records.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";
import { cancelSubscription, subscriptionsOf } from "./subscriptions.ts";

/** What becomes of payments: the bank accepts or declines the card, wants its owner to authenticate, or there is none. */
export type Card = "accepted" | "declined" | "challenged" | "missing";

export type NewCustomer = {
  email?: string;
  name?: string;
  phone?: string;
  metadata?: Metadata;
  card?: Card;
  /** Percent that is added to what they are invoiced for. */
  taxPercent?: number;
};

export function createCustomer(sandbox: Sandbox, params: NewCustomer = {}): Customer {
  const { random, now } = sandbox;
  const card = params.card ?? "accepted";
  const customer = create(sandbox, {
    object: "customer",
    id: newId(sandbox, "cus_", 14),
    created: now,
    email: params.email ?? null,
    name: params.name ?? null,
    phone: params.phone ?? null,
    currency: sandbox.options.currency,
    delinquent: false,
    metadata: params.metadata ?? {},
    invoicePrefix: random.id(8).toUpperCase(),
    nextInvoice: 1,
    paymentMethod: card === "missing" ? null : newPaymentMethod(sandbox, "card"),
    declines: card === "declined",
    challenges: card === "challenged",
    discount: null,
    taxPercent: params.taxPercent ?? 0,
    deleted: false,
  });
  emit(sandbox, customer, "customer.created");
  return customer;
}

export type CustomerChanges = {
  email?: string | null;
  name?: string | null;
  phone?: string | null;
  metadata?: MetadataChanges;
};

export function updateCustomer(
  sandbox: Sandbox,
  id: string,
  { metadata, ...changes }: CustomerChanges,
): Customer {
  const customer = existing(sandbox, id);
  const updated = change(sandbox, customer, {
    ...changes,
    metadata: withMetadata(customer.metadata, metadata ?? {}),
  });
  emit(sandbox, updated, "customer.updated");
  return updated;
}

/** A new card, or none, shows in the customer; what the bank will do with the old one does not. */
export function setCard(sandbox: Sandbox, id: string, card: Card): Customer {
  const customer = existing(sandbox, id);
  if (card === "declined") return change(sandbox, customer, { declines: true });
  if (card === "challenged") return change(sandbox, customer, { challenges: true });
  const paymentMethod = card === "missing" ? null : newPaymentMethod(sandbox, "card");
  const updated = change(sandbox, customer, { declines: false, challenges: false, paymentMethod });
  emit(sandbox, updated, "customer.updated");
  return updated;
}

/** Its subscriptions end with it. */
export function deleteCustomer(sandbox: Sandbox, id: string): Customer {
  const customer = existing(sandbox, id);
  for (const subscription of subscriptionsOf(sandbox, id)) {
    if (!hasEnded(subscription)) cancelSubscription(sandbox, subscription.id);
  }
  const deleted = change(sandbox, customer, { deleted: true });
  emit(sandbox, deleted, "customer.deleted");
  return deleted;
}

function existing(sandbox: Sandbox, id: string): Customer {
  const customer = find(sandbox, "customer", id);
  if (customer.deleted) throw new Error(`The customer ${id} is deleted.`);
  return customer;
}
