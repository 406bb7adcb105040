// What happens on a billing day, and how often.
import { invoiceByHand, order, payOnce, refundOrder } from "./buyers.ts";
import { updatePrice, updateProduct } from "./catalog.ts";
import { deleteCustomer, updateCustomer } from "./customers.ts";
import type { Sandbox } from "./sandbox.ts";
import { type Shop, someone } from "./shop.ts";
import * as Subscribers from "./subscribers.ts";

type Action = (sandbox: Sandbox, shop: Shop) => void;

/** Each action with its weight. */
const ACTIONS: readonly (readonly [number, Action])[] = [
  [30, order],
  [13, editCustomer],
  [10, Subscribers.signUp],
  [8, Subscribers.upgrade],
  [7, Subscribers.changeQuantity],
  [6, payOnce],
  [6, Subscribers.loseCard],
  [5, refundOrder],
  [3, Subscribers.refundInvoice],
  [3, Subscribers.planEnd],
  [2, Subscribers.cancel],
  [2, invoiceByHand],
  [2, Subscribers.noteOnSubscription],
  [2, Subscribers.pauseForAWhile],
  [2, editInABurst],
  [1, editCatalog],
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

function editCatalog(sandbox: Sandbox, { products, tickets }: Shop): void {
  const { random } = sandbox;
  const [product, price] = [random.pick(products), random.pick(tickets)];
  if (random.chance(0.5)) updateProduct(sandbox, product, { description: `Edition ${random.id(4)}` });
  else updatePrice(sandbox, price, { nickname: `Row ${random.id(4)}` });
}

function leave(sandbox: Sandbox, shop: Shop): void {
  const customer = someone(sandbox, shop);
  if (customer !== undefined) deleteCustomer(sandbox, customer.id);
}
