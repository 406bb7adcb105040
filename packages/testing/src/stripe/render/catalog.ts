// Products and prices, and the plan that Stripe still makes of a recurring price.
import type { Price, Product } from "../catalog-records.ts";
import type { View } from "./list.ts";

export function renderProduct(product: Product, { shape, options }: View) {
  return {
    id: product.id,
    object: "product",
    active: product.active,
    attributes: [],
    created: product.created,
    default_price: null,
    description: product.description,
    images: [],
    livemode: options.livemode,
    [shape.marketingFeatures ? "marketing_features" : "features"]: [],
    metadata: { ...product.metadata },
    name: product.name,
    package_dimensions: null,
    shippable: null,
    statement_descriptor: null,
    tax_code: null,
    tax_details: null,
    type: "service",
    unit_label: null,
    updated: product.updated,
    url: null,
  };
}

export function renderPrice(price: Price, view: View) {
  return {
    id: price.id,
    object: "price",
    active: price.active,
    billing_scheme: "per_unit",
    created: price.created,
    currency: price.currency,
    custom_unit_amount: null,
    livemode: view.options.livemode,
    lookup_key: null,
    metadata: { ...price.metadata },
    nickname: price.nickname,
    product: price.product,
    recurring: price.interval === null ? null : { ...interval(price, view), trial_period_days: null },
    tax_behavior: "unspecified",
    tiers_mode: null,
    transform_quantity: null,
    type: price.interval === null ? "one_time" : "recurring",
    unit_amount: price.unitAmount,
    unit_amount_decimal: String(price.unitAmount),
  };
}

export function renderPlan(price: Price, view: View) {
  return {
    id: price.id,
    object: "plan",
    active: price.active,
    amount: price.unitAmount,
    amount_decimal: String(price.unitAmount),
    billing_scheme: "per_unit",
    created: price.created,
    currency: price.currency,
    ...interval(price, view),
    livemode: view.options.livemode,
    metadata: { ...price.metadata },
    nickname: price.nickname,
    product: price.product,
    tiers_mode: null,
    transform_usage: null,
    trial_period_days: null,
  };
}

function interval({ interval }: Price, { shape }: View) {
  const usage = shape.usageByMeter ? {} : { aggregate_usage: null };
  return { ...usage, interval, interval_count: 1, meter: null, usage_type: "licensed" };
}
