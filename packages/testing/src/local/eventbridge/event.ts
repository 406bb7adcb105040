// An event as rules, targets and archives see it: all of EventBridge reads it, so it depends on nothing.

/** Marks an event whose characters that SQS refuses came as escapes. JSON leaves it out, and copies of the event keep it. */
export const ESCAPES: unique symbol = Symbol("escapes");

export type EventBridgeEvent = {
  readonly version: "0";
  readonly id: string;
  readonly "detail-type": string;
  readonly source: string;
  readonly account: string;
  readonly time: string;
  readonly region: string;
  readonly "replay-name"?: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
  readonly [ESCAPES]?: boolean;
};
