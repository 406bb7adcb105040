// What is right in the end about a customer, their active subscription, and the invoice that they paid.
import type { StoryRow } from "./story.ts";

export function profile(entry: StoryRow["state"]): StoryRow {
  const state = { subscriptions: [{ id: "sub_1", ...entry }], features: null, deleted: false };
  return { noun: "profile", id: "cus_1", customer: "cus_1", status: null, state };
}

export function subscription(state: StoryRow["state"]): StoryRow {
  return { noun: "subscription", id: "sub_1", customer: "cus_1", status: "active", state };
}

export function paidInvoice(state: StoryRow["state"]): StoryRow {
  return { noun: "invoice", id: "in_1", customer: "cus_1", status: "paid", state };
}

export function payment(state: StoryRow["state"]): StoryRow {
  return { noun: "payment", id: "pi_1", customer: "cus_1", status: "succeeded", state };
}

export function item(id: string, state: StoryRow["state"]): StoryRow {
  return { noun: "invoice-item", id, customer: "cus_1", status: null, state };
}
