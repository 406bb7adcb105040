// Setup intents: a way to pay is saved for later, and nothing is paid now.
import { emit } from "./emit.ts";
import type { SetupIntent } from "./money.ts";
import { attach, newPaymentMethod } from "./payment-methods.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";

export function createSetup(sandbox: Sandbox, customer: string): SetupIntent {
  const id = newId(sandbox, "seti_1", 23);
  const setup = create(sandbox, {
    object: "setup_intent",
    id,
    created: sandbox.now,
    customer: find(sandbox, "customer", customer).id,
    status: "requires_payment_method",
    paymentMethod: null,
    declineCode: null,
    cancellationReason: null,
    metadata: {},
    secret: newId(sandbox, `${id}_secret_`, 25),
  });
  emit(sandbox, setup, "setup_intent.created");
  return setup;
}

/** The customer has typed a card in, whose bank wants them to authenticate. */
export function challengeSetup(sandbox: Sandbox, id: string): SetupIntent {
  const setup = change(sandbox, openSetup(sandbox, id), {
    status: "requires_action",
    paymentMethod: newPaymentMethod(sandbox, "card"),
    declineCode: null,
  });
  emit(sandbox, setup, "setup_intent.requires_action");
  return setup;
}

/** The bank's answer: the card is saved with the customer, or another has to be tried. */
export function confirmSetup(sandbox: Sandbox, id: string): SetupIntent {
  const setup = openSetup(sandbox, id);
  const { declines } = find(sandbox, "customer", setup.customer);
  return declines ? refused(sandbox, setup) : saved(sandbox, setup);
}

function saved(sandbox: Sandbox, setup: SetupIntent): SetupIntent {
  const card = setup.paymentMethod ?? newPaymentMethod(sandbox, "card");
  const paymentMethod = attach(sandbox, card, setup.customer);
  const succeeded = change(sandbox, setup, { status: "succeeded", paymentMethod, declineCode: null });
  emit(sandbox, succeeded, "setup_intent.succeeded");
  return succeeded;
}

function refused(sandbox: Sandbox, setup: SetupIntent): SetupIntent {
  const failed = change(sandbox, setup, {
    status: "requires_payment_method",
    paymentMethod: null,
    declineCode: "do_not_honor",
  });
  emit(sandbox, failed, "setup_intent.setup_failed");
  return failed;
}

export function cancelSetup(sandbox: Sandbox, id: string): SetupIntent {
  const canceled = change(sandbox, openSetup(sandbox, id), {
    status: "canceled",
    cancellationReason: "requested_by_customer",
  });
  emit(sandbox, canceled, "setup_intent.canceled");
  return canceled;
}

function openSetup(sandbox: Sandbox, id: string): SetupIntent {
  const setup = find(sandbox, "setup_intent", id);
  if (setup.status === "succeeded" || setup.status === "canceled")
    throw new Error(`${id} is ${setup.status}.`);
  return setup;
}
