// The shell around the state machine: HTTP in front, the clock and the targets behind it.
import type { Cancel, Clock } from "../clock.ts";
import { AwsError, type Faults, serve } from "../http.ts";
import { eventBridge, isInApi } from "./events.ts";
import { failureOf } from "./failure.ts";
import type { Input } from "./input.ts";
import { createEventBridgeState, type Delivery, type EventBridgeState, isIdle, type Reply } from "./state.ts";
import type { MissingPath } from "./template.ts";
import { type Webhook, webhookReceiver } from "./webhook.ts";

export type DeliverOptions = {
  readonly messageGroupId?: string;
  /** Message attributes, all of them strings. */
  readonly attributes?: Readonly<Record<string, string>>;
};

/** Sends to a target. What it throws, or rejects with, decides on retries: see `failureOf`. */
export type Deliver = (targetArn: string, body: string, options: DeliverOptions) => unknown;

export type EventBridgeOptions = {
  clock: Clock;
  /** A free port by default. */
  port?: number;
  faults?: Faults | undefined;
  deliver: Deliver;
  missingPath?: MissingPath;
  /** Where plain `POST /` of Stripe events go; they are not taken without it. */
  webhook?: Webhook;
};

export type LocalEventBridge = {
  readonly url: string;
  readonly state: EventBridgeState;
  /** An operation of EventBridge's API without HTTP and its faults; rejects with `AwsError`. */
  command(operation: string, input: Input): Promise<Reply>;
  /** No delivery is under way or waiting for its next try, and no replay runs. */
  idle(): boolean;
  close(): Promise<void>;
};

type PutEventsReply = { Entries: { ErrorMessage?: string }[] };

type Shell = {
  readonly state: EventBridgeState;
  readonly clock: Clock;
  readonly deliver: Deliver;
  readonly timers: Set<Cancel>;
  closed: boolean;
};

export async function startEventBridge(options: EventBridgeOptions): Promise<LocalEventBridge> {
  const { clock, deliver, faults, missingPath, port = 0, webhook } = options;
  const state = createEventBridgeState(missingPath && { missingPath });
  const shell: Shell = { state, clock, deliver, timers: new Set(), closed: false };
  const endpoint = await serve({
    service: "events",
    dispatch: (operation, input) => ask(shell, operation, input),
    clock,
    contentType: "application/x-amz-json-1.1",
    port,
    faults,
    ...(webhook && { fallback: webhookReceiver(webhook, (entry) => putOne(shell, entry)) }),
  });
  return {
    url: endpoint.url,
    state,
    command: async (operation, input) => ask(shell, operation, input),
    idle: () => isIdle(state),
    close: () => {
      stop(shell);
      return endpoint.close();
    },
  };
}

/** What a client asks for: the operations of the API, but not the shell's own reports. */
function ask(shell: Shell, operation: string, input: Input): Reply {
  if (isInApi(operation)) return run(shell, operation, input);
  throw new AwsError("UnknownOperationException", `EventBridge here has no operation ${operation}.`);
}

function run(shell: Shell, operation: string, input: Input): Reply {
  const { reply, effects } = eventBridge(shell.state, { operation, input }, shell.clock.now());
  void deliverInOrder(
    shell,
    effects.flatMap((effect) => (effect.kind === "deliver" ? [effect.delivery] : [])),
  );
  for (const effect of effects) if (effect.kind === "wake") wake(shell, effect.at);
  return reply;
}

async function deliverInOrder(shell: Shell, deliveries: readonly Delivery[]) {
  for (const delivery of deliveries) {
    const failure = await tryDelivery(shell, delivery);
    if (shell.closed) return;
    run(shell, failure ? "DeliveryFailed" : "DeliverySucceeded", { id: delivery.id, ...failure });
  }
}

async function tryDelivery({ deliver }: Shell, { targetArn, body, messageGroupId, attributes }: Delivery) {
  try {
    await deliver(targetArn, body, {
      ...(messageGroupId !== undefined && { messageGroupId }),
      ...(attributes && { attributes }),
    });
    return undefined;
  } catch (error) {
    return failureOf(error);
  }
}

function wake(shell: Shell, at: number) {
  const cancel = shell.clock.after(Math.max(0, at - shell.clock.now()), () => {
    shell.timers.delete(cancel);
    run(shell, "Tick", {});
  });
  shell.timers.add(cancel);
}

function stop(shell: Shell) {
  shell.closed = true;
  for (const cancel of shell.timers) cancel();
}

/** PutEvents drops events for a bus that does not exist; whoever posts one should hear of it. */
function putOne(shell: Shell, entry: { EventBusName: string }) {
  const { EventBusName: bus } = entry;
  if (!shell.state.buses.has(bus)) throw new Error(`Event bus ${bus} does not exist.`);
  const { Entries } = run(shell, "PutEvents", { Entries: [entry] }) as PutEventsReply;
  const refusal = Entries[0]?.ErrorMessage;
  if (refusal !== undefined) throw new Error(refusal);
}
