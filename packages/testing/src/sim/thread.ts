// A thread that runs histories, one at a time: a plan comes in, its history goes out, or the error that broke it off.
import { parentPort } from "node:worker_threads";
import type { History } from "./ending.ts";
import { runHistory } from "./history.ts";
import type { Plan } from "./plan.ts";

export type Answer = { history: History } | { error: unknown };

parentPort?.on("message", async (plan: Plan) => {
  const answer: Answer = await runHistory(plan).then(
    (history) => ({ history }),
    (error: unknown) => ({ error }),
  );
  parentPort?.postMessage(answer);
});
