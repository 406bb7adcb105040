// What a customer may use: the features of what they subscribe to, told in one summary a customer.
import type { EntitlementSummary } from "./billing-records.ts";
import type { Feature, Product } from "./catalog-records.ts";
import { emit } from "./emit.ts";
import type { Subscription } from "./records.ts";
import { change, create, find, keyOf, newId, recordsOf, type Sandbox } from "./sandbox.ts";

const SUMMARY = "entitlements.active_entitlement_summary";

/** "How subscriptions work": in the others Stripe counts nothing as paid for. */
const ENTITLING: readonly string[] = ["trialing", "active", "past_due"];

/** Tells of a subscription, and then of what its customer may use, where that has changed with it. */
export function tellSubscription(sandbox: Sandbox, subscription: Subscription, ...types: string[]): void {
  emit(sandbox, subscription, ...types);
  const { subscriptions } = summaryOf(sandbox, subscription.customer);
  const isKnown = subscriptions.includes(subscription.id);
  refresh(sandbox, subscription.customer, isKnown ? subscriptions : [...subscriptions, subscription.id]);
}

/** Attaches a feature to a product. Stripe tells of that only who may use it now. */
export function attachFeature(sandbox: Sandbox, id: string, lookupKey: string): Product {
  const product = find(sandbox, "product", id);
  const features = [...product.features, featureNamed(sandbox, lookupKey)];
  const changed = change(sandbox, product, { features });
  for (const summary of recordsOf(sandbox, SUMMARY)) refresh(sandbox, summary.id, summary.subscriptions);
  return changed;
}

function featureNamed(sandbox: Sandbox, lookupKey: string): Feature {
  const known = recordsOf(sandbox, "product").flatMap(({ features }) => features);
  const feature = known.find((one) => one.lookupKey === lookupKey);
  return feature ?? { id: newId(sandbox, "feat_", 24), lookupKey };
}

function summaryOf(sandbox: Sandbox, customer: string): EntitlementSummary {
  if (sandbox.entries.has(keyOf({ object: SUMMARY, id: customer }))) return find(sandbox, SUMMARY, customer);
  const summary = create(sandbox, {
    object: SUMMARY,
    id: customer,
    created: sandbox.now,
    subscriptions: [],
    entitlements: [],
  } as const);
  // What there was before the first change: it shows in that event's previous attributes.
  emit(sandbox, summary);
  return summary;
}

function refresh(sandbox: Sandbox, customer: string, subscriptions: readonly string[]): void {
  const summary = change(sandbox, summaryOf(sandbox, customer), { subscriptions });
  const features = featuresOf(sandbox, subscriptions);
  const kept = summary.entitlements.filter(({ feature }) => features.has(feature.lookupKey));
  for (const { feature } of kept) features.delete(feature.lookupKey);
  if (features.size === 0 && kept.length === summary.entitlements.length) return;
  const added = [...features.values()].map((feature) => ({ id: newId(sandbox, "ent_1", 23), feature }));
  emit(sandbox, change(sandbox, summary, { entitlements: [...kept, ...added] }), `${SUMMARY}.updated`);
}

function featuresOf(sandbox: Sandbox, subscriptions: readonly string[]): Map<string, Feature> {
  const products = subscriptions
    .map((id) => find(sandbox, "subscription", id))
    .filter(({ status }) => ENTITLING.includes(status))
    .flatMap(({ items }) => items.map(({ price }) => find(sandbox, "product", price.product)));
  const features = products.flatMap((product) => product.features);
  return new Map(features.map((feature) => [feature.lookupKey, feature]));
}
