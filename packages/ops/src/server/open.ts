// Opens the front of a run that stays up, and says what to do with it.
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import type { Options } from "../options.ts";
import { portsFrom } from "../ports.ts";
import { announcement } from "./announcement.ts";
import type { Arrivals } from "./arrivals.ts";
import { startFront } from "./front.ts";

export type OpenFront = {
  /** Prints where everything is, once; from then on events are taken, and each gets a line. */
  announce(): void;
  close(): Promise<void>;
};

/** Where a run's words go: with `--json` stdout is the report's alone. */
export function sayFor({ json }: Pick<Options, "json">): (text: string) => void {
  return (text) => (json ? console.error(text) : console.log(text));
}

/** @throws Error with the code EADDRINUSE where our port is taken */
export async function openFront(
  pipeline: Pipeline,
  options: Options,
  arrivals: Arrivals,
): Promise<OpenFront> {
  const { port, lanes, mode, webhookSecrets: secrets } = options;
  const { onRefused, show } = arrivals;
  const front = await startFront({ pipeline, port: portsFrom(port).own, lanes, secrets, onRefused });
  let isAnnounced = false;
  return {
    close: front.close,
    announce() {
      if (isAnnounced) return;
      isAnnounced = true;
      sayFor(options)(announcement({ pipeline, front, mode, takesCli: secrets.length > 0 }));
      show();
      front.open();
    },
  };
}
