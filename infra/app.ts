// All that a stage is made of, put together.
import { type Ingress, partnerIngress, webhookIngress } from "./bus.ts";
import { eventLog } from "./event-log.ts";
import { lanes } from "./lanes.ts";
import { admitRules, queues } from "./queue.ts";
import type { Settings } from "./settings.ts";
import { checkDev } from "./stage-name.ts";
import { settingsOf, toldIn } from "./stage-settings.ts";
import { table } from "./table.ts";
import { alarmedOf, watch } from "./watch.ts";
import { webhook } from "./webhook.ts";
import { worker } from "./worker.ts";

/** Gives what SST shows after a deployment. */
export function app(): Record<string, $util.Input<string>> {
  const settings = settingsOf($app.stage, toldIn(process.env.STAGE_SETTINGS));
  if ($dev) checkDev(settings.stage);
  const account = aws.getCallerIdentityOutput({}).accountId;
  const store = table(settings);
  const made = queues(settings);
  const ingresses = ingressesOf(settings);
  const policies = [
    admitRules("LanesPolicy", made.lanes, ingresses, account),
    admitRules("UndeliveredPolicy", made.undelivered, ingresses, account),
  ];
  const consumer = worker({ queues: made, table: store, settings, account });
  for (const ingress of ingresses) lanes(ingress, { queues: made, policies, settings });
  eventLog(ingresses, settings, account);
  const hook = hookOf(ingresses, settings, account);
  watch({ ingresses, queues: made, table: store, worker: consumer, webhook: hook, settings });
  return {
    region: settings.region,
    mode: settings.mode,
    source: settings.source ?? "none",
    table: store.name,
    lanes: made.lanes.url,
    parked: made.parked.url,
    history: settings.history,
    alarms: alarmedOf(settings),
    ...(hook && { webhook: hook.url }),
  };
}

function ingressesOf(settings: Settings): Ingress[] {
  return [partnerIngress(settings), webhookIngress(settings)].filter((ingress) => ingress !== null);
}

function hookOf(
  ingresses: Ingress[],
  settings: Settings,
  account: $util.Input<string>,
): sst.aws.Function | undefined {
  const ingress = ingresses.find(({ prefix }) => prefix === "webhook-");
  return ingress && webhook({ ingress, settings, account });
}
