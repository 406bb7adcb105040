// What happens on a billing day, and how often.
import { disputeOrder, refundOrder } from "./after-sales.ts";
import { invoiceByHand, order, payOnce } from "./buyers.ts";
import { deleteCustomer, updateCustomer } from "./customers.ts";
import * as Debtors from "./debtors.ts";
import * as Holders from "./holders.ts";
import type { Sandbox } from "./sandbox.ts";
import * as Sellers from "./sellers.ts";
import { type Shop, someone } from "./shop.ts";
import * as Subscribers from "./subscribers.ts";
import { payOut } from "./treasury.ts";
import * as Wallets from "./wallets.ts";

type Action = (sandbox: Sandbox, shop: Shop) => void;

/** Each action with its weight. */
const ACTIONS: readonly (readonly [number, Action])[] = [
  [30, order],
  [13, editCustomer],
  [10, Subscribers.signUp],
  [8, Subscribers.upgrade],
  [7, Subscribers.changeQuantity],
  [6, payOnce],
  [3, Holders.orderOnHold],
  [1.5, Holders.chargeDirectly],
  [6, Subscribers.loseCard],
  [5, refundOrder],
  [3, Subscribers.refundInvoice],
  [3, Subscribers.planEnd],
  [2, Wallets.saveCard],
  [2, Subscribers.cancel],
  [2, invoiceByHand],
  [2, Subscribers.noteOnSubscription],
  [2, Subscribers.pauseForAWhile],
  [2, editInABurst],
  [2, Subscribers.planAhead],
  [1, Subscribers.tryOut],
  [0.7, Debtors.tryWithBadCard],
  [2, Debtors.needAuthentication],
  [1, Debtors.leaveDebt],
  [0.7, Debtors.payTwoAtOnce],
  [4, Sellers.discount],
  [1, Sellers.creditInvoice],
  [1, Sellers.editCatalog],
  [1, Sellers.changeSeason],
  [0.5, Sellers.draftByMistake],
  [0.3, Sellers.handOutCode],
  [1, Wallets.editCard],
  [1, Wallets.saveByCheckout],
  [1.5, disputeOrder],
  [0.3, payOut],
  [1, leave],
];

const TOTAL_WEIGHT = ACTIONS.reduce((sum, [weight]) => sum + weight, 0);

/** The most events that one action, or one thing that falls due, can lead to. */
export const MOST_AT_ONCE = 16;

/** Does one thing at random, or nothing where there is nobody to do it. */
export function act(sandbox: Sandbox, shop: Shop): void {
  let left = sandbox.random.next() * TOTAL_WEIGHT;
  const chosen = ACTIONS.find(([weight]) => {
    left -= weight;
    return left < 0;
  });
  chosen?.[1](sandbox, shop);
}

export function editCustomer(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  const { random } = sandbox;
  const changes = [
    { phone: `+1555${String(random.integer(10 ** 7)).padStart(7, "0")}` },
    { email: `${random.id(10)}@example.com` },
    { name: `Customer ${random.id(8)}` },
    { metadata: { seen: random.id(6) } },
  ];
  updateCustomer(sandbox, customer.id, random.pick(changes));
}

/** A form that saves at every key: several changes in one second. */
function editInABurst(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer === undefined) return;
  for (let name = sandbox.random.id(2); name.length < 7; name += sandbox.random.id(1)) {
    updateCustomer(sandbox, customer.id, { name });
  }
}

function leave(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer !== undefined) deleteCustomer(sandbox, customer.id);
}
