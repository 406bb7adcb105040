// Products and prices, and the plan that Stripe still makes of each recurring price.
import type { Interval } from "./calendar.ts";
import type { Plan, Price, Product } from "./catalog-records.ts";
import { emit } from "./emit.ts";
import { type Metadata, type MetadataChanges, withMetadata } from "./metadata.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";

export type NewProduct = { name: string; description?: string; metadata?: Metadata };

export function createProduct(sandbox: Sandbox, { name, description, metadata }: NewProduct): Product {
  const product = create(sandbox, {
    object: "product",
    id: newId(sandbox, "prod_", 14),
    created: sandbox.now,
    name,
    description: description ?? null,
    active: true,
    metadata: metadata ?? {},
    updated: sandbox.now,
    features: [],
    deleted: false,
  });
  emit(sandbox, product, "product.created");
  return product;
}

export type ProductChanges = {
  name?: string;
  description?: string | null;
  active?: boolean;
  metadata?: MetadataChanges;
};

export function updateProduct(
  sandbox: Sandbox,
  id: string,
  { metadata, ...changes }: ProductChanges,
): Product {
  const product = existingProduct(sandbox, id);
  const updated = change(sandbox, product, {
    ...changes,
    metadata: withMetadata(product.metadata, metadata ?? {}),
    updated: sandbox.now,
  });
  emit(sandbox, updated, "product.updated");
  return updated;
}

export function deleteProduct(sandbox: Sandbox, id: string): Product {
  const product = change(sandbox, existingProduct(sandbox, id), { deleted: true });
  emit(sandbox, product, "product.deleted");
  return product;
}

function existingProduct(sandbox: Sandbox, id: string): Product {
  const product = find(sandbox, "product", id);
  if (product.deleted) throw new Error(`The product ${id} is deleted.`);
  return product;
}

/** `unitAmount` in minor units; without an interval it is sold once. */
export type NewPrice = {
  product: string;
  unitAmount: number;
  currency?: string;
  interval?: Interval;
  nickname?: string;
  metadata?: Metadata;
};

export function createPrice(sandbox: Sandbox, params: NewPrice): Price {
  const price = create(sandbox, {
    object: "price",
    id: newId(sandbox, "price_1", 23),
    created: sandbox.now,
    product: params.product,
    currency: params.currency ?? sandbox.options.currency,
    unitAmount: params.unitAmount,
    interval: params.interval ?? null,
    nickname: params.nickname ?? null,
    active: true,
    metadata: params.metadata ?? {},
    deleted: false,
  });
  if (price.interval !== null) emit(sandbox, create(sandbox, planOf(price)), "plan.created");
  emit(sandbox, price, "price.created");
  return price;
}

function planOf(price: Price): Plan {
  return { object: "plan", id: price.id, created: price.created, price, deleted: false };
}

export type PriceChanges = { nickname?: string | null; active?: boolean; metadata?: MetadataChanges };

export function updatePrice(sandbox: Sandbox, id: string, { metadata, ...changes }: PriceChanges): Price {
  const price = existingPrice(sandbox, id);
  const updated = change(sandbox, price, {
    ...changes,
    metadata: withMetadata(price.metadata, metadata ?? {}),
  });
  tellPlan(sandbox, updated, "plan.updated");
  emit(sandbox, updated, "price.updated");
  return updated;
}

/** Only what nothing was ever sold by can be deleted. */
export function deletePrice(sandbox: Sandbox, id: string): Price {
  const price = change(sandbox, existingPrice(sandbox, id), { deleted: true });
  tellPlan(sandbox, price, "plan.deleted");
  emit(sandbox, price, "price.deleted");
  return price;
}

function tellPlan(sandbox: Sandbox, price: Price, type: string): void {
  if (price.interval === null) return;
  const plan = find(sandbox, "plan", price.id);
  emit(sandbox, change(sandbox, plan, { price, deleted: price.deleted }), type);
}

function existingPrice(sandbox: Sandbox, id: string): Price {
  const price = find(sandbox, "price", id);
  if (price.deleted) throw new Error(`The price ${id} is deleted.`);
  return price;
}
