// Opens the front of a run that stays up, and says what to do with it.
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import type { Options } from "../options.ts";
import { portsFrom } from "../ports.ts";
import { announcement } from "./announcement.ts";
import { type Arrivals, arrivals } from "./arrivals.ts";
import { startFront } from "./front.ts";

export type OpenFront = {
  /** Prints where everything is, once; from then on events are taken, and each gets a line. */
  announce(): void;
  close(): Promise<void>;
};

/** The lines of a run's events. */
export function arrivalsFor(options: Options): Arrivals {
  return arrivals((line) => say(options, line));
}

/** With `--json` stdout is the report's alone. */
function say({ json }: Options, text: string): void {
  if (json) console.error(text);
  else console.log(text);
}

/** @throws Error with the code EADDRINUSE where our port is taken */
export async function openFront(pipeline: Pipeline, options: Options, lines: Arrivals): Promise<OpenFront> {
  const { port, lanes, mode, webhookSecrets: secrets } = options;
  const front = await startFront({
    pipeline,
    port: portsFrom(port).own,
    lanes,
    secrets,
    onRefused: lines.onRefused,
  });
  let isAnnounced = false;
  return {
    close: front.close,
    announce() {
      if (isAnnounced) return;
      isAnnounced = true;
      say(options, announcement({ pipeline, front, mode, takesCli: secrets.length > 0 }));
      lines.show();
      front.open();
    },
  };
}
