// The ports of a run that stays up: ours first, then one for each AWS service, always in this order.
import type { Service } from "@stripe-lanes/testing/local/http";
import { Mistake } from "./mistake.ts";

export type Ports = Record<"own" | Service, number>;

export const DEFAULT_PORT = 4100;

/** The last first port that leaves room for the others. */
export const LAST_PORT = 65_532;

/** `port`, and the ports that follow it: what `npm start -- --port N` takes. 0 takes free ones. */
export function portsFrom(port: number): Ports {
  const at = (offset: number) => (port === 0 ? 0 : port + offset);
  return { own: at(0), events: at(1), sqs: at(2), dynamodb: at(3) };
}

/** Gives the error itself where it tells of no port that is in use. */
export function namingPort(error: unknown): unknown {
  const { code, port } = error as { code?: string; port?: number };
  if (code !== "EADDRINUSE") return error;
  return new Mistake(`Port ${port} is in use: choose others with --port N, which takes N to N+3.`, {
    cause: error,
  });
}
