// Any events of rows that contribute to others: of few objects and few seconds, so that they meet.
import fc from "fast-check";
import { type EventJson, FIRST_SECOND } from "../events.ts";
import {
  type About,
  accountCloses,
  accountSubscribes,
  chargeIs,
  customerGone,
  disputeIs,
  intentIs,
  invoiceIs,
  priceIs,
  refundIs,
  type SessionStatus,
  sessionIs,
  summaryIs,
} from "./contributions.ts";
import { customerIs, subscriptionIs } from "./told.ts";

type Told = (about: About) => EventJson;

const oneOf = fc.constantFrom;

/** Ids that would break a key, a map or a prototype that does not expect them. */
const anyPayment = oneOf("pi_1", "pi_2", "__proto__", "pi#1%\n:");
const anyCustomer = oneOf("cus_1", "cus_2", "constructor");
const anyMoneyBack = fc.record({
  payment: fc.option(anyPayment),
  charge: fc.option(oneOf("ch_1", "ch_2")),
  amount: oneOf(30, 70, 100),
});

const anyRefund = fc
  .record({
    status: oneOf("pending", "succeeded", "failed"),
    of: oneOf("re_1", "re_2", "__proto__"),
    told: anyMoneyBack,
  })
  .map(
    ({ status, of, told }): Told =>
      (about) =>
        refundIs(status, { of, ...told, ...about }),
  );

const anyDispute = fc.record({ status: oneOf("needs_response", "won", "lost"), told: anyMoneyBack }).map(
  ({ status, told }): Told =>
    (about) =>
      disputeIs(status, { ...told, ...about }),
);

const anyCharge = fc
  .record({ of: oneOf("ch_1", "ch_2"), payment: fc.option(anyPayment), refunded: oneOf(0, 30, 100) })
  .map(
    (charge): Told =>
      (about) =>
        chargeIs("succeeded", { ...charge, ...about }),
  );

const anyIntent = fc
  .record({ status: oneOf("processing", "succeeded"), of: anyPayment, customer: fc.option(anyCustomer) })
  .map(
    ({ status, ...of }): Told =>
      (about) =>
        intentIs(status, { ...of, ...about }),
  );

/** The intent comes late, goes, or is another's; the mode changes what it is to the order. */
const anySession = fc
  .record({
    status: oneOf<SessionStatus[]>("open", "unpaid", "paid", "expired"),
    of: oneOf("cs_1", "cs_2"),
    payment: fc.option(anyPayment),
    mode: oneOf("payment", "payment", "subscription"),
    price: oneOf("price_1", "__proto__"),
    quantity: oneOf(0, 1, 2),
    customer: fc.option(anyCustomer),
  })
  .map(
    ({ status, ...of }): Told =>
      (about) =>
        sessionIs(status, { ...of, ...about }),
  );

const anyProfile: fc.Arbitrary<Told> = fc
  .record({
    customer: anyCustomer,
    told: oneOf<((customer: string, about: About) => EventJson)[]>(
      (customer, about) => subscriptionIs("active", { customer, ...about }),
      (customer, about) => subscriptionIs("past_due", { customer, ...about }),
      (customer, about) => subscriptionIs("canceled", { of: "sub_2", customer, ...about }),
      (customer, about) => invoiceIs("open", { customer, ...about }),
      (customer, about) => invoiceIs("paid", { customer, ...about }),
      (_, about) => invoiceIs("open", { of: "in_2", customer: null, ...about }),
      (customer, about) => summaryIs(["a", "b"], { of: customer, ...about }),
      (customer, about) => summaryIs(["b"], { of: customer, cut: true, ...about }),
      (customer, about) => customerIs("a@x.test", { of: customer, ...about }),
      (customer, about) => customerGone({ of: customer, ...about }),
      (customer, about) => accountSubscribes("active", { of: `sub_of_${customer}`, customer, ...about }),
      (_, about) => accountSubscribes("canceled", { of: "sub_alone", customer: null, ...about }),
      (_, about) => accountCloses(about),
    ),
  })
  .map(
    ({ customer, told }) =>
      (about) =>
        told(customer, about),
  );

const anyPrice = fc
  .record({ capacity: fc.option(oneOf("0", "3")), of: oneOf("price_1", "__proto__"), deleted: fc.boolean() })
  .map(
    ({ capacity, ...of }): Told =>
      (about) =>
        priceIs(capacity, { ...of, ...about }),
  );

const anyTold = fc.oneof(anyRefund, anyDispute, anyCharge, anyIntent, anySession, anyProfile, anyPrice);

const anyEvents = fc
  .array(fc.tuple(anyTold, fc.nat({ max: 3 })), { minLength: 2, maxLength: 24 })
  .map((all) => all.map(([told, second], n) => told({ id: `evt_${n}`, created: FIRST_SECOND + second })));

/** Each event once or more, in any order. */
export const anyDeliveries = anyEvents.chain((events) =>
  fc.array(oneOf(...events), { maxLength: 10 }).chain((copies) => {
    const all = [...events, ...copies];
    return fc.shuffledSubarray(all, { minLength: all.length }).map((deliveries) => ({ events, deliveries }));
  }),
);
