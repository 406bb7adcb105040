// What becomes of money that is only held on a billing day: captured, whole or in parts, or let go.
import { refundPart } from "./after-sales.ts";
import { capturePayment, expireHold } from "./captures.ts";
import { completeCheckout, createCheckout } from "./checkout.ts";
import { captureHeldCharge, createCharge, expireCharge, releaseCharge } from "./legacy-charges.ts";
import type { PaymentIntent } from "./money.ts";
import { cancelPayment } from "./payments.ts";
import type { OrderLine } from "./records.ts";
import { find, type Sandbox } from "./sandbox.ts";
import { later, type Shop, someone } from "./shop.ts";

/** Tickets that the seller takes the money for once it is clear that there are enough. */
export function orderOnHold(sandbox: Sandbox, shop: Shop): void {
  const { random } = sandbox;
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  const lines: OrderLine[] = [{ price: random.pick(shop.tickets), quantity: 1 + random.integer(3) }];
  const { id } = createCheckout(sandbox, { customer: customer.id, lines, capture: "manual" });
  shop.orders.push(id);
  later(sandbox, 1, () => completeOnHold(sandbox, id));
}

function completeOnHold(sandbox: Sandbox, id: string): void {
  const { paymentIntent } = completeCheckout(sandbox, id);
  if (paymentIntent !== null) later(sandbox, 8, () => decide(sandbox, paymentIntent));
}

function decide(sandbox: Sandbox, id: string): void {
  const intent = find(sandbox, "payment_intent", id);
  if (intent.status !== "requires_capture") return;
  finishHold(sandbox, intent);
  later(sandbox, 8, () => decide(sandbox, id));
}

/** Takes the money, all at once or as the goods leave; or lets go of it, as the bank may do before. */
export function finishHold(sandbox: Sandbox, { id, amountCapturable, amountReceived }: PaymentIntent): void {
  const { random } = sandbox;
  const half = Math.ceil(amountCapturable / 2);
  const chance = random.next();
  if (chance < 0.25 && amountReceived === 0) cancelPayment(sandbox, id);
  else if (chance < 0.35) expireHold(sandbox, id);
  else if (chance < 0.55) capturePayment(sandbox, id, half, "some");
  else capturePayment(sandbox, id, random.chance(0.5) ? amountCapturable : half);
}

/** An old till, which knows charges only. */
export function chargeDirectly(sandbox: Sandbox, shop: Shop): void {
  const { random } = sandbox;
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  const capture = random.chance(0.4);
  const { id, status } = createCharge(sandbox, {
    customer: customer.id,
    amount: 500 + random.integer(5000),
    capture,
  });
  if (status !== "succeeded") return;
  const end = capture ? () => {} : random.pick(ENDS);
  later(sandbox, 8, () => {
    end(sandbox, id);
    if (random.chance(0.4)) later(sandbox, 8, () => refundPart(sandbox, find(sandbox, "charge", id), 2));
  });
}

const ENDS: readonly ((sandbox: Sandbox, id: string) => unknown)[] = [
  (sandbox, id) => captureHeldCharge(sandbox, id),
  (sandbox, id) => captureHeldCharge(sandbox, id, 400),
  releaseCharge,
  expireCharge,
];
