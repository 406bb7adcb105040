// Everything EventBridge knows, and the shape of its commands and effects.
import { busArn, DEFAULT_BUS } from "./arn.ts";
import type { EventBridgeEvent } from "./event.ts";
import type { Input } from "./input.ts";
import { type Metrics, noMetrics } from "./metrics.ts";
import type { CompiledPattern } from "./pattern.ts";
import type { MissingPath } from "./template.ts";
import type { TargetInput } from "./transform.ts";

export type EventBridgeState = {
  readonly missingPath: MissingPath;
  readonly keepsEscapes: boolean;
  readonly buses: Map<string, Bus>;
  readonly archives: Map<string, Archive>;
  readonly replays: Map<string, Replay>;
  /** Those under way and those waiting for their next try. */
  readonly deliveries: Map<string, PendingDelivery>;
  readonly metrics: Metrics;
  /** The last number given out, from which events and deliveries have their ids. */
  lastNumber: number;
  /** When the next `Tick` is due, in milliseconds since the epoch; Infinity for never. */
  wakeAt: number;
};

/** What AWS does not say of itself, and a program should bear either way. */
export type Unsure = {
  /** What an input transformer makes of a path that is missing; an empty string by default. */
  missingPath?: MissingPath | undefined;
  /**
   * Whether U+FFFE and U+FFFF arrive as the JSON escapes that an event had for them. By default they do not, so that
   * what gets through here gets through either way: SQS refuses the characters themselves.
   */
  keepsEscapes?: boolean | undefined;
};

export type Bus = {
  readonly name: string;
  readonly arn: string;
  readonly description: string | undefined;
  /** A partner's bus takes events whose source starts with `aws.`: here we stand in for the partner. */
  readonly partner: boolean;
  readonly createdAt: number;
  readonly rules: Map<string, Rule>;
};

export type Rule = {
  readonly name: string;
  readonly arn: string;
  readonly bus: string;
  readonly description: string | undefined;
  readonly eventPattern: string;
  readonly pattern: CompiledPattern;
  enabled: boolean;
  readonly targets: Map<string, Target>;
};

export type Target = {
  /** As PutTargets was given it. */
  readonly given: Input;
  readonly arn: string;
  readonly messageGroupId: string | undefined;
  readonly input: TargetInput;
  readonly retry: RetryPolicy;
  readonly deadLetterArn: string | undefined;
};

export type RetryPolicy = { readonly maximumRetryAttempts: number; readonly maximumAgeInSeconds: number };

export type Archive = {
  readonly name: string;
  readonly bus: string;
  readonly description: string | undefined;
  readonly eventPattern: string | undefined;
  readonly pattern: CompiledPattern | undefined;
  /** 0 keeps events for ever. */
  readonly retentionDays: number;
  readonly createdAt: number;
  events: ArchivedEvent[];
};

export type ArchivedEvent = { readonly event: EventBridgeEvent; readonly at: number };

export type ReplayState = "STARTING" | "RUNNING" | "CANCELLING" | "COMPLETED" | "CANCELLED";

export type Replay = {
  readonly name: string;
  readonly given: Input;
  readonly bus: string;
  /** The rules that see the events; nothing for all of the bus. */
  readonly onlyRules: ReadonlySet<string> | undefined;
  readonly startedAt: number;
  endedAt: number | undefined;
  state: ReplayState;
  /** The last event sent, in milliseconds since the epoch. */
  lastReplayedAt: number | undefined;
  remaining: ArchivedEvent[];
};

export type Delivery = {
  readonly id: string;
  readonly targetArn: string;
  readonly ruleArn: string;
  readonly body: string;
  readonly messageGroupId?: string;
  /** Message attributes, all of them strings. */
  readonly attributes?: Readonly<Record<string, string>>;
  /** 1 for the first try. */
  readonly attempt: number;
};

export type PendingDelivery = {
  delivery: Delivery;
  readonly event: EventBridgeEvent;
  readonly retry: RetryPolicy;
  /** Where the event goes when this delivery is given up. */
  readonly deadLetterArn: string | undefined;
  /** Whether this is the delivery of a given-up event to its dead-letter queue. */
  readonly isDeadLetter: boolean;
  readonly startedAt: number;
  /** When to try again; Infinity while a try is under way. */
  dueAt: number;
};

export type Command = { readonly operation: string; readonly input: Input };
export type Reply = Record<string, unknown>;
export type Effect =
  | { readonly kind: "deliver"; readonly delivery: Delivery }
  /** Asks for the command `Tick` at that time, in milliseconds since the epoch. */
  | { readonly kind: "wake"; readonly at: number }
  /** Says that an event went nowhere, which AWS does not. */
  | ({ readonly kind: "dropped" } & Dropped);

export type Dropped = {
  readonly event: EventBridgeEvent;
  /** That there is no such bus, or that none of its rules matched. */
  readonly why: string;
};

/** What an operation works on: it may change the state and add effects. */
export type Turn = { readonly state: EventBridgeState; readonly now: number; readonly effects: Effect[] };
export type Operation = (turn: Turn, input: Input) => Reply;

/** A state with the default bus alone. */
export function createEventBridgeState(options: Unsure = {}): EventBridgeState {
  return {
    keepsEscapes: options.keepsEscapes ?? false,
    missingPath: options.missingPath ?? "empty-string",
    buses: new Map([[DEFAULT_BUS, newBus({ name: DEFAULT_BUS, createdAt: 0 })]]),
    archives: new Map(),
    replays: new Map(),
    deliveries: new Map(),
    metrics: noMetrics(),
    lastNumber: 0,
    wakeAt: Number.POSITIVE_INFINITY,
  };
}

/** A bus without rules; `createdAt` in milliseconds since the epoch. */
export function newBus(bus: {
  name: string;
  createdAt: number;
  description?: string | undefined;
  partner?: boolean;
}): Bus {
  const { name, createdAt, description, partner = false } = bus;
  return { name, arn: busArn(name), description, partner, createdAt, rules: new Map() };
}

/** No delivery is under way or waiting, and no replay runs. */
export function isIdle(state: EventBridgeState): boolean {
  return state.deliveries.size === 0 && ![...state.replays.values()].some(isActive);
}

/** Nothing is under way: whatever is left waits for its next try, at `wakeAt`. */
export function isWaiting({ deliveries, replays }: EventBridgeState): boolean {
  const isUnderWay = ({ dueAt }: PendingDelivery) => dueAt === Number.POSITIVE_INFINITY;
  return ![...deliveries.values()].some(isUnderWay) && ![...replays.values()].some(isActive);
}

/** Whether a replay has events left, or has yet to be cancelled. */
export function isActive(replay: Replay): boolean {
  return replay.endedAt === undefined;
}
