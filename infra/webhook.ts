// The webhook: a URL that takes what Stripe signed, and puts it on a bus of our own.
import { BUNDLING, PACKING } from "./bundling.ts";
import { type Ingress, WEBHOOK_SOURCE } from "./bus.ts";
import { logsPermission, narrowRole } from "./role.ts";
import { nameOf, type Settings } from "./settings.ts";
import { WEBHOOK_SECONDS } from "./timeouts.ts";

export type WebhookOptions = { ingress: Ingress; settings: Settings; account: $util.Input<string> };

/** Its URL is open to everybody: the signature is what it goes by, and browsers have no business with it. */
export function webhook({ ingress, settings, account }: WebhookOptions): sst.aws.Function {
  const name = nameOf(settings, "webhook");
  return new sst.aws.Function("Webhook", {
    name,
    handler: "packages/functions/src/webhook.handler",
    runtime: "nodejs24.x",
    architecture: "arm64",
    memory: "512 MB",
    timeout: `${WEBHOOK_SECONDS} seconds`,
    url: { authorization: "none", cors: false },
    logging: { format: "text", retention: "1 month" },
    nodejs: BUNDLING,
    hook: PACKING,
    ...capped(settings),
    environment: environment(ingress, settings),
    permissions: [putEvents(ingress), logsPermission(name, settings, account)],
    transform: { role: narrowRole },
  });
}

/** Reserved concurrency: Lambda throttles what is above it, and takes it off what all other functions share. */
function capped({ webhookConcurrency }: Settings): Pick<sst.aws.FunctionArgs, "concurrency"> {
  return webhookConcurrency === null ? {} : { concurrency: { reserved: webhookConcurrency } };
}

/** Stripe tells the secret when it knows the URL, so the first deployment has none yet. */
function environment(
  { bus, sourcePrefix }: Ingress,
  { stage }: Settings,
): Record<string, $util.Input<string>> {
  return {
    BUS_NAME: bus.name,
    SOURCE: sourcePrefix,
    WEBHOOK_SECRET: new sst.Secret("WebhookSecret", "").value,
    METRICS: "on",
    STAGE: stage,
  };
}

function putEvents({ bus }: Ingress): sst.aws.FunctionPermissionArgs {
  return {
    actions: ["events:PutEvents"],
    resources: [bus.arn],
    conditions: [{ test: "StringEquals", variable: "events:source", values: [WEBHOOK_SOURCE] }],
  };
}
