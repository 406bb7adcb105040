// Runs a stage's program once, in a process of its own: Pulumi keeps its state in globals. Tells its parent the outcome.
import { startMonitor } from "./monitor.ts";
import type { Resource, Told } from "./resource.ts";
import { startRpc } from "./rpc.ts";
import { type App, appOf, stackOf } from "./stack.ts";

const [root = "", platform = "", scratch = "", stage = ""] = process.argv.slice(2);

/** Errors that say what a person got wrong; of all others one wants to know where they came from. */
const SENTENCES = ["Error", "VisibleError", "RunError"];

process.once("uncaughtException", (error) => {
  tell({ mistake: mistakeIn(error) });
});

const place = { root, platform, scratch };
const app = await appOf(place, stage);
const region = regionOf(app);
process.env.SST_SERVER = await startRpc(place);
process.env.SST_AWS_REGION = region;
const monitor = await startMonitor({ platform, app: app.name, stage, region });
await monitor.run(await stackOf(place, app));

// Resources are also made when an output resolves. Nothing is left to resolve when nothing keeps the process.
process.once("beforeExit", () => {
  tell({ resources: monitor.resources.toSorted(byTypeAndName) });
});

function tell(told: Told): void {
  process.send?.(told, () => process.exit());
}

/** The order in which outputs resolve is another each time. */
function byTypeAndName(a: Resource, b: Resource): number {
  return compareStrings(a.type, b.type) || compareStrings(a.name, b.name);
}

function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function regionOf({ providers }: App): string {
  const region = providers.aws?.region;
  return typeof region === "string" ? region : "us-east-1";
}

function mistakeIn(error: Error): string {
  const isSentence = SENTENCES.includes(error.constructor.name) && !(error instanceof TypeError);
  return isSentence ? error.message : (error.stack ?? String(error));
}
