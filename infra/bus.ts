// The buses that Stripe's events arrive at, each with an archive to replay from unless its stage wants none.
import { kept, nameOf, type Settings } from "./settings.ts";

/** One way in. With both, an event comes over two buses into the same lanes, and its copy ends as a duplicate (D6). */
export type Ingress = {
  /** Starts the names of what Pulumi makes for this bus. */
  prefix: "" | "webhook-";
  bus: aws.cloudwatch.EventBus;
  /** What an envelope's `source` starts with on this bus. */
  sourcePrefix: string;
};

/** Stripe's partner event sources, whichever destination they are of: `aws.partner/stripe.com/ed_…`. */
const PARTNER = "aws.partner/stripe.com/";

/** The `source` of what our webhook puts on its bus. */
export const WEBHOOK_SOURCE = "stripe-lanes.webhook";

export function partnerIngress(settings: Settings): Ingress | null {
  if (settings.source === null) return null;
  return archived(
    { prefix: "", bus: partnerBus(settings.source, settings), sourcePrefix: PARTNER },
    settings,
  );
}

export function webhookIngress(settings: Settings): Ingress | null {
  if (!settings.webhook) return null;
  const bus = new aws.cloudwatch.EventBus(
    "WebhookBus",
    { name: nameOf(settings, "webhook") },
    kept(settings),
  );
  return archived({ prefix: "webhook-", bus, sourcePrefix: WEBHOOK_SOURCE }, settings);
}

/** The ARNs of a bus's rules, for the policies of what they send to. */
export function rulesArn({ bus }: Ingress): $util.Output<string> {
  return $interpolate`${bus.arn.apply((arn) => arn.replace(":event-bus/", ":rule/"))}/*`;
}

/** Its name is the source's, or EventBridge refuses it. Without it the source is pending, and events are dropped. */
function partnerBus(source: string, settings: Settings): aws.cloudwatch.EventBus {
  if (settings.adoptBus) return aws.cloudwatch.EventBus.get("Bus", source);
  return new aws.cloudwatch.EventBus("Bus", { name: source, eventSourceName: source }, kept(settings));
}

/** A native resource and no child of an SST component, as those refuse what they do not know how to name. */
function archived(ingress: Ingress, settings: Settings): Ingress {
  if (settings.archiveDays === null) return ingress;
  const args = {
    name: nameOf(settings, ingress.prefix === "" ? "partner" : "webhook"),
    eventSourceArn: ingress.bus.arn,
    retentionDays: settings.archiveDays,
  };
  new aws.cloudwatch.EventArchive(ingress.prefix === "" ? "Archive" : "WebhookArchive", args, kept(settings));
  return ingress;
}
