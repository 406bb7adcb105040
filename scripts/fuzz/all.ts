// The fuzz of what is deployed: the webhook's own decisions and its function, and the worker's.
import { handleBatch } from "@stripe-lanes/core/batch";
import { admit } from "@stripe-lanes/functions/ingress";
import { startFunction } from "./function.ts";
import { type FuzzOptions, type FuzzReport, fuzz } from "./run.ts";

type Asked = Pick<FuzzOptions, "seed" | "requests" | "bodies">;

export async function fuzzAll(asked: Asked, onDone: (done: number) => void): Promise<FuzzReport> {
  const webhook = await startFunction();
  try {
    return await fuzz({ ...asked, admit, handle: handleBatch, webhook }, onDone);
  } finally {
    await webhook.close();
  }
}
