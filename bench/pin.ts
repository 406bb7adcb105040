// `node bench/pin.ts` writes down what the simulated Stripe tells today as the mix that `npm run bench -- --check`
// measures. Only for a new mix: remove bench/pinned/*.zst first, and commit to the figures with --accept afterwards.
import { existsSync } from "node:fs";
import { PINNED, pathOf, pin } from "./check/pinned.ts";
import { workload } from "./workload.ts";

const SEED = 7;

if (PINNED.some((events) => existsSync(pathOf(events)))) {
  console.error(
    "A mix is pinned already, and bench/baseline.json is about it: remove bench/pinned/*.zst first.",
  );
  process.exitCode = 2;
} else {
  for (const events of PINNED) pin(events, workload(SEED, events));
}
