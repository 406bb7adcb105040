// All that a simulated run knows: polling, invoking and telling its story work on it.
import type { Poller } from "../local/lambda/poller.ts";
import type { Runtime } from "../local/lambda/runtime.ts";
import type { FaultPlan } from "./faults.ts";
import type { SimulatedInvocation } from "./invocation.ts";
import type { Lineage } from "./lineage.ts";
import type { Queues } from "./queues.ts";

export type Polling = {
  queues: Queues;
  poller: Poller;
  plan: FaultPlan;
  lineage: Lineage;
  runtime: Pick<Runtime, "invoke" | "environments">;
  invocations: SimulatedInvocation[];
  /** What the poller deleted, and whether the answer had named it as failed. */
  deleted: Map<string, { reportedAsFailed: boolean }>;
  running: Set<Promise<void>>;
  /** At most, each time it is drained. */
  maxInvocations: number;
};
