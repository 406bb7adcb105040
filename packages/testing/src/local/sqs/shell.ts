// Runs the machine's commands on a clock, and sees to their effects.
import type { Cancel, Clock } from "../clock.ts";
import type { Input } from "./input.ts";
import { type Reply, sqs } from "./machine.ts";
import { advance } from "./move-run.ts";
import { createSqsState, type Effect, type SqsState } from "./state.ts";
import { stopWatching, tell, type Watchers } from "./watchers.ts";

export type Shell = {
  state: SqsState;
  clock: Clock;
  watchers: Watchers;
  wakes: Set<Cancel>;
  closing: AbortController;
};

/** A shell with a state of its own; `closeShell` ends its timers. */
export function createShell(clock: Clock): Shell {
  const state = createSqsState();
  const watchers = { state, clock, queues: new Map() };
  return { state, clock, watchers, wakes: new Set(), closing: new AbortController() };
}

/** The reply; waiting receives are notified before it is given. Throws AwsError. */
export function run<O extends string>(shell: Shell, operation: O, input: Input): Reply<O> {
  const { reply, effects } = sqs(shell.state, { operation, input }, shell.clock.now());
  act(shell, effects);
  return reply;
}

function act(shell: Shell, effects: Effect[]): void {
  for (const effect of effects) {
    if (effect.kind === "wake") wakeAt(shell, effect.at);
    else tell(shell.watchers, effect);
  }
}

function wakeAt(shell: Shell, at: number): void {
  const { state, clock, wakes } = shell;
  const cancel = clock.after(Math.max(0, at - clock.now()), () => {
    wakes.delete(cancel);
    act(shell, advance(state, clock.now()));
  });
  wakes.add(cancel);
}

/** Ends waiting receives empty-handed, and all timers. */
export function closeShell({ closing, watchers, wakes }: Shell): void {
  closing.abort();
  stopWatching(watchers);
  for (const cancel of wakes) cancel();
}
