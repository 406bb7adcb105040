// What each reason for parking means and what to do about it: the alarms, `npm run dlq` and the docs use these words.
import type { ParkReason } from "./errors.ts";

export type Guidance = {
  /** What happened, as one sentence. */
  means: string;
  /** What to do about it, as one imperative sentence. */
  nextStep: string;
  /** After what a redrive can succeed; `never`: the same message is parked again whatever is changed. */
  redrive: "after-settings-change" | "after-code-change" | "never";
};

const FIND_SENDER = "Find out who else sends to the bus or the queue, then discard it.";
const BY_HAND = "Export it, apply it by hand, then discard it.";
const FIX_CODE = "Fix the code, deploy, then redrive.";

/** The guidance for each reason. Pure data, and nothing that the worker needs: its bundle stays without it. */
export const PARK_REASONS: Record<ParkReason, Guidance> = {
  "not-json": {
    means: "The message is not JSON, so it is not from Stripe.",
    nextStep: FIND_SENDER,
    redrive: "never",
  },
  "not-an-event": {
    means: "The message is JSON, but not an event as Stripe documents it.",
    nextStep: FIND_SENDER,
    redrive: "never",
  },
  "unsafe-number": {
    means: "The event holds an integer that JavaScript cannot represent exactly.",
    nextStep: BY_HAND,
    redrive: "never",
  },
  "too-large": {
    means: "The event is larger than a row can be, or too large for EventBridge and Stripe has it no more.",
    nextStep: BY_HAND,
    redrive: "never",
  },
  "wrong-mode": {
    means: "The event is of the other mode (live or test) than this stage.",
    nextStep: "Correct Stripe's destination and discard it, or correct mode, deploy, then redrive.",
    redrive: "after-settings-change",
  },
  "no-stripe-key": {
    means:
      "The event is thin or came as a claim check, and the stage has no StripeKey to fetch the rest with.",
    nextStep: "Set StripeKey, deploy, then redrive.",
    redrive: "after-settings-change",
  },
  "wrong-stripe-key": {
    means: "StripeKey belongs to another account or mode than the event.",
    nextStep: "Set the StripeKey of the events' account and mode, deploy, then redrive.",
    redrive: "after-settings-change",
  },
  "stripe-key-forbidden": {
    means: "StripeKey may not read an object that the event needs.",
    nextStep: "Give StripeKey read access to the object in Stripe, then redrive.",
    redrive: "after-settings-change",
  },
  "unknown-stripe-path": {
    means: "The worker does not know how to fetch the object that the event names.",
    nextStep: "Update the worker to one that can fetch the object, deploy, then redrive.",
    redrive: "after-code-change",
  },
  "from-the-future": {
    means: "A live event was created more than a day ahead of the clock, so it is not from Stripe.",
    nextStep: FIND_SENDER,
    redrive: "never",
  },
  defect: {
    means: "Our code threw while it handled the event.",
    nextStep: FIX_CODE,
    redrive: "after-code-change",
  },
  crash: {
    means: "The worker's process ended twice while it handled the message.",
    nextStep: FIX_CODE,
    redrive: "after-code-change",
  },
};
