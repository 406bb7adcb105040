// Payment methods: made by a buyer, saved with a customer, and taken away again for good.
import { emit } from "./emit.ts";
import { type MetadataChanges, withMetadata } from "./metadata.ts";
import type { PaymentMethod } from "./money.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";

/** No event tells of it before it is attached. */
export function newPaymentMethod(
  sandbox: Sandbox,
  type: PaymentMethod["type"],
  random = sandbox.random,
): PaymentMethod {
  const last4 = String(random.integer(10_000)).padStart(4, "0");
  return create(sandbox, {
    object: "payment_method",
    id: newId({ random }, "pm_1", 23),
    created: sandbox.now,
    type,
    last4,
    fingerprint: random.id(16),
    customer: null,
    expMonth: 4,
    expYear: 2031,
    metadata: {},
  });
}

export type NewAttachment = { customer: string; type?: PaymentMethod["type"] };

/** A new one of the customer's. */
export function addPaymentMethod(sandbox: Sandbox, { customer, type }: NewAttachment): PaymentMethod {
  return attach(sandbox, newPaymentMethod(sandbox, type ?? "card"), customer);
}

export function attach(sandbox: Sandbox, { id }: PaymentMethod, customer: string): PaymentMethod {
  const paymentMethod = find(sandbox, "payment_method", id);
  if (paymentMethod.customer !== null) throw new Error(`${id} is attached to ${paymentMethod.customer}.`);
  if (find(sandbox, "customer", customer).deleted) throw new Error(`The customer ${customer} is deleted.`);
  const attached = change(sandbox, paymentMethod, { customer });
  emit(sandbox, attached, "payment_method.attached");
  return attached;
}

export type PaymentMethodChanges = { expMonth?: number; expYear?: number; metadata?: MetadataChanges };

export function updatePaymentMethod(
  sandbox: Sandbox,
  id: string,
  { metadata, ...changes }: PaymentMethodChanges,
): PaymentMethod {
  const paymentMethod = attached(sandbox, id);
  const updated = change(sandbox, paymentMethod, {
    ...changes,
    metadata: withMetadata(paymentMethod.metadata, metadata ?? {}),
  });
  emit(sandbox, updated, "payment_method.updated");
  return updated;
}

/** The card's network told of a new card: nobody asked. */
export function renewPaymentMethod(sandbox: Sandbox, id: string): PaymentMethod {
  const { expYear } = attached(sandbox, id);
  const renewed = change(sandbox, attached(sandbox, id), { expYear: expYear + 4 });
  emit(sandbox, renewed, "payment_method.automatically_updated");
  return renewed;
}

export function detach(sandbox: Sandbox, id: string): PaymentMethod {
  const detached = change(sandbox, attached(sandbox, id), { customer: null });
  emit(sandbox, detached, "payment_method.detached");
  return detached;
}

function attached(sandbox: Sandbox, id: string): PaymentMethod {
  const paymentMethod = find(sandbox, "payment_method", id);
  if (paymentMethod.customer === null) throw new Error(`${id} is not attached.`);
  return paymentMethod;
}
