// The box office: hands tickets out, and takes them back, on what happened to orders.
import type { Fact } from "@stripe-lanes/core/facts";
import type { OrderLine } from "@stripe-lanes/core/held";
import { SHOP } from "./shop.ts";

/**
 * Your own table of tickets, by order. Facts come at least once, and those of an order and of its payment in either
 * order: so each of these says how it is to be, and changes nothing where it is so.
 */
export type Tickets = {
  /** Sends an order's tickets; keeps them where they were taken back before. */
  send(order: string, lines: OrderLine[]): Promise<void>;
  /** Makes an order's tickets invalid, also those that are still to be sent. */
  takeBack(order: string): Promise<void>;
  /** Makes them valid again where they were taken back, and sends those that were kept. */
  giveBack(order: string): Promise<void>;
  /** Tells a person that more of a price was sold than there is, and by how many in all. */
  warn(price: string, oversold: number): Promise<void>;
};

/** What a fact means for the tickets: for most, nothing. */
export async function attend(tickets: Tickets, fact: Fact): Promise<void> {
  if (fact.name === "order.paid" && fact.detail.metadata.shop === SHOP)
    return tickets.send(fact.id, fact.detail.lines);
  if (fact.name === "order.refunded") return tickets.takeBack(fact.id);
  if (fact.name === "order.refund_failed") return tickets.giveBack(fact.id);
  if (fact.name === "stock.oversold") return tickets.warn(fact.id, fact.detail.oversold);
}
