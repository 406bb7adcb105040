// What goes wrong in the simulation, by name: who does it, what it is, and how often at the most.

/** Who misbehaves. */
export type Culprit = "Stripe" | "EventBridge" | "SQS" | "Lambda" | "DynamoDB" | "Input" | "Operator";

type Fault = {
  by: Culprit;
  /** As a sentence of which the culprit is the subject. */
  does: string;
  /** The greatest share of its occasions at which it strikes. */
  most: number;
};

export const FAULTS = {
  "delivered-twice": { by: "Stripe", does: "delivers an event once more within ten minutes", most: 0.3 },
  "delivered-late": { by: "Stripe", does: "delivers an event up to three hours late", most: 0.1 },
  "out-of-order": { by: "Stripe", does: "delivers an event after others of the next two minutes", most: 0.5 },
  "resent-after-days": { by: "Stripe", does: "sends an event again, up to 30 days later", most: 0.1 },
  "never-delivered": { by: "Stripe", does: "never delivers an event, until a sweep asks for it", most: 0.05 },
  "told-thinly-too": { by: "Stripe", does: "tells a change as a thin event as well", most: 0.1 },
  "told-thinly-only": { by: "Stripe", does: "tells of a type of objects in thin events only", most: 0.5 },
  "api-late": { by: "Stripe", does: "answers seconds late, with the state of before", most: 0.3 },
  "api-refused": { by: "Stripe", does: "answers 429", most: 0.3 },
  "api-failed": { by: "Stripe", does: "answers 500", most: 0.3 },
  "rule-fires-twice": { by: "EventBridge", does: "delivers to a target twice", most: 0.2 },
  "rule-delayed": { by: "EventBridge", does: "delivers to a target up to ten minutes late", most: 0.1 },
  "target-failed": { by: "EventBridge", does: "fails to deliver, and tries again", most: 0.2 },
  "receive-failed": { by: "SQS", does: "fails to give messages", most: 0.05 },
  "delete-lost": { by: "SQS", does: "loses the deletes of a batch", most: 0.1 },
  "send-failed": { by: "SQS", does: "does not take a message", most: 0.3 },
  "send-answer-lost": { by: "SQS", does: "takes a message and answers with an error", most: 0.3 },
  "visibility-failed": { by: "SQS", does: "does not change a message's visibility", most: 0.3 },
  throttled: { by: "Lambda", does: "has no environment free", most: 0.1 },
  "killed-before": { by: "Lambda", does: "kills the worker before it begins", most: 0.05 },
  "killed-within": { by: "Lambda", does: "kills the worker in the middle of a batch", most: 0.05 },
  "killed-after": {
    by: "Lambda",
    does: "kills the worker after its last commit, or loses its answer",
    most: 0.05,
  },
  stalled: { by: "Lambda", does: "lets the worker stall until its messages are visible again", most: 0.01 },
  slowed: { by: "Lambda", does: "runs the worker so slowly that its time ends", most: 0.02 },
  "read-throttled": { by: "DynamoDB", does: "throttles a read", most: 0.05 },
  "read-partial": { by: "DynamoDB", does: "gives a part of a BatchGetItem, and the rest later", most: 0.1 },
  "read-stale": {
    by: "DynamoDB",
    does: "gives an eventually consistent read the state of before",
    most: 0.5,
  },
  "write-throttled": { by: "DynamoDB", does: "throttles a write", most: 0.05 },
  "write-failed": { by: "DynamoDB", does: "answers a write with 500 and has not done it", most: 0.05 },
  "write-answer-lost": { by: "DynamoDB", does: "does a write and answers with an error", most: 0.05 },
  "write-conflict": { by: "DynamoDB", does: "cancels a transaction for a conflict", most: 0.1 },
  outage: { by: "DynamoDB", does: "is down for minutes or hours", most: 0.5 },
  "not-an-event": { by: "Input", does: "is no Stripe event", most: 0.01 },
  "too-large": { by: "Input", does: "is an event of more than 400 KB", most: 0.001 },
  "wrong-mode": { by: "Input", does: "is an event of the other mode", most: 0.01 },
  "throws-our-code": {
    by: "Input",
    does: "is an event on which the code that is deployed throws",
    most: 0.01,
  },
  "kills-the-process": { by: "Input", does: "is an event that kills the process that reads it", most: 0.002 },
  "bad-customer": { by: "Input", does: "is a customer whose rows cannot be written for hours", most: 0.01 },
  redrive: { by: "Operator", does: "redrives the dead-letter queue in the middle", most: 0.5 },
  replay: { by: "Operator", does: "replays an hour of the archive in the middle", most: 0.3 },
  sweep: { by: "Operator", does: "sweeps the last days beside the traffic", most: 0.3 },
  deploy: { by: "Operator", does: "deploys, so that old and new code run side by side", most: 0.5 },
  "lanes-changed": { by: "Operator", does: "changes the number of lanes", most: 0.3 },
  "wrong-key": { by: "Operator", does: "sets a Stripe key of another account, for hours", most: 0.3 },
  "key-forbidden": {
    by: "Operator",
    does: "sets a Stripe key that may read events only, for hours",
    most: 0.3,
  },
} as const satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;

export const FAULT_NAMES = Object.keys(FAULTS) as FaultName[];
