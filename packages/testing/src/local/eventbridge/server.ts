// EventBridge over HTTP on 127.0.0.1 and, the same code path, in process.
import type { Clock } from "../clock.ts";
import { AwsError, type Faults, serve } from "../http.ts";
import type { Input } from "./input.ts";
import { isInApi } from "./machine.ts";
import { closeShell, createShell, type Deliver, run, type Shell } from "./shell.ts";
import { type Dropped, type EventBridgeState, isIdle, type Reply, type Unsure } from "./state.ts";

export type EventBridgeOptions = Unsure & {
  clock: Clock;
  /** A free port by default. */
  port?: number;
  faults?: Faults | undefined;
  deliver: Deliver;
  /** Told each event that goes nowhere. */
  onDropped?: ((dropped: Dropped) => void) | undefined;
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

/**
 * Listens when this resolves; rejects when the port is taken. After `close` nothing is delivered or retried any
 * more.
 */
export async function startEventBridge(options: EventBridgeOptions): Promise<LocalEventBridge> {
  const { clock, deliver, onDropped, faults, missingPath, keepsEscapes, port = 0 } = options;
  const shell = createShell({ clock, deliver, onDropped, missingPath, keepsEscapes });
  const endpoint = await serve({
    service: "events",
    dispatch: (operation, input) => ask(shell, operation, input),
    clock,
    contentType: "application/x-amz-json-1.1",
    port,
    faults,
  });
  return {
    url: endpoint.url,
    state: shell.state,
    command: async (operation, input) => ask(shell, operation, input),
    idle: () => isIdle(shell.state),
    close: () => {
      closeShell(shell);
      return endpoint.close();
    },
  };
}

/** What a client asks for: the operations of the API, but not the shell's own reports. */
function ask(shell: Shell, operation: string, input: Input): Reply {
  if (isInApi(operation)) return run(shell, operation, input);
  throw new AwsError("UnknownOperationException", `EventBridge here has no operation ${operation}.`);
}
