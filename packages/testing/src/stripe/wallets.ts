// What customers do with their cards on a billing day: save, renew, remove them, or give them to another.
import { attach, detach, renewPaymentMethod, updatePaymentMethod } from "./payment-methods.ts";
import { find, type Sandbox } from "./sandbox.ts";
import { completeSetupCheckout, createSetupCheckout } from "./setup-checkout.ts";
import { cancelSetup, challengeSetup, confirmSetup, createSetup } from "./setups.ts";
import { later, type Shop, someone } from "./shop.ts";

export function saveCard(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  const { id } = createSetup(sandbox, customer.id);
  if (sandbox.random.chance(0.4)) challengeSetup(sandbox, id);
  if (sandbox.random.chance(0.3)) finishSetup(sandbox, shop, id);
  else later(sandbox, 1, () => finishSetup(sandbox, shop, id));
}

function finishSetup(sandbox: Sandbox, { cards }: Shop, id: string): void {
  const { customer, status } = find(sandbox, "setup_intent", id);
  const isGone = find(sandbox, "customer", customer).deleted;
  if (isGone || sandbox.random.chance(0.1)) return void cancelSetup(sandbox, id);
  const { paymentMethod } = confirmSetup(sandbox, id);
  if (paymentMethod !== null) cards.push(paymentMethod.id);
  else if (status === "requires_action") cancelSetup(sandbox, id);
}

/** By a page of Stripe's, on the way to an order that may come later. */
export function saveByCheckout(sandbox: Sandbox, shop: Shop): void {
  const { random } = sandbox;
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  const wanted = [{ price: random.pick(shop.tickets), quantity: 1 + random.integer(3) }];
  const { id } = createSetupCheckout(sandbox, { customer: customer.id, wanted });
  if (random.chance(0.2)) return;
  later(sandbox, 1, () => {
    if (!find(sandbox, "customer", customer.id).deleted) completeSetupCheckout(sandbox, id);
  });
}

export function editCard(sandbox: Sandbox, shop: Shop): void {
  if (shop.cards.length === 0) return;
  const card = find(sandbox, "payment_method", sandbox.random.pick(shop.cards));
  if (card.customer === null || find(sandbox, "customer", card.customer).deleted) return;
  sandbox.random.pick(EDITS)(sandbox, shop, card.id);
}

type Edit = (sandbox: Sandbox, shop: Shop, id: string) => void;

const EDITS: readonly Edit[] = [
  (sandbox, _, id) => void updatePaymentMethod(sandbox, id, { metadata: { name: sandbox.random.id(4) } }),
  (sandbox, _, id) => void updatePaymentMethod(sandbox, id, { expMonth: 1 + sandbox.random.integer(12) }),
  (sandbox, _, id) => void renewPaymentMethod(sandbox, id),
  (sandbox, _, id) => void detach(sandbox, id),
  giveAway,
];

/** "Detach a PaymentMethod from a Customer" rules out what follows; whoever reads events had better not rely on it. */
function giveAway(sandbox: Sandbox, shop: Shop, id: string): void {
  const other = someone(sandbox, shop);
  const card = detach(sandbox, id);
  if (other !== undefined) attach(sandbox, card, other.id);
}
