// Coupons, and the promotion codes that customers redeem them by.
import type { Coupon, PromotionCode } from "./billing-records.ts";
import { emit } from "./emit.ts";
import { type Metadata, type MetadataChanges, withMetadata } from "./metadata.ts";
import { isUsedUp } from "./redemptions.ts";
import { change, create, find, newId, type Sandbox } from "./sandbox.ts";

/** So many percent off, or so much of a currency. */
export type NewCoupon = {
  /** One of its own, which may have been a deleted coupon's. */
  id?: string;
  name?: string;
  percentOff?: number;
  amountOff?: number;
  currency?: string;
  /** Without them it stays. */
  months?: number;
  maxRedemptions?: number;
  metadata?: Metadata;
};

/** @throws Error when there is such a coupon. */
export function createCoupon(sandbox: Sandbox, params: NewCoupon): Coupon {
  const id = params.id ?? newId(sandbox, "", 8);
  const known = sandbox.entries.get(id)?.record;
  if (known !== undefined && !("deleted" in known && known.deleted))
    throw new Error(`There is a coupon ${id}.`);
  const coupon = create(sandbox, newCoupon(sandbox, id, params));
  emit(sandbox, coupon, "coupon.created");
  return coupon;
}

function newCoupon(sandbox: Sandbox, id: string, params: NewCoupon): Coupon {
  return {
    object: "coupon",
    id,
    created: sandbox.now,
    name: params.name ?? null,
    percentOff: params.percentOff ?? null,
    amountOff: params.amountOff ?? null,
    currency: params.amountOff === undefined ? null : (params.currency ?? sandbox.options.currency),
    duration: params.months === undefined ? "forever" : "repeating",
    durationInMonths: params.months ?? null,
    maxRedemptions: params.maxRedemptions ?? null,
    timesRedeemed: 0,
    metadata: params.metadata ?? {},
    deleted: false,
  };
}

export function updateCoupon(
  sandbox: Sandbox,
  id: string,
  { name, metadata }: { name?: string; metadata?: MetadataChanges },
): Coupon {
  const coupon = existingCoupon(sandbox, id);
  const updated = change(sandbox, coupon, {
    name: name ?? coupon.name,
    metadata: withMetadata(coupon.metadata, metadata ?? {}),
  });
  emit(sandbox, updated, "coupon.updated");
  return updated;
}

/** Who has it keeps it. */
export function deleteCoupon(sandbox: Sandbox, id: string): Coupon {
  const coupon = change(sandbox, existingCoupon(sandbox, id), { deleted: true });
  emit(sandbox, coupon, "coupon.deleted");
  return coupon;
}

function existingCoupon(sandbox: Sandbox, id: string): Coupon {
  const coupon = find(sandbox, "coupon", id);
  if (coupon.deleted) throw new Error(`The coupon ${id} is deleted.`);
  return coupon;
}

/** Without a customer anybody may redeem it. */
export type NewPromotionCode = { coupon: string; code?: string; customer?: string; maxRedemptions?: number };

export function createPromotionCode(sandbox: Sandbox, params: NewPromotionCode): PromotionCode {
  const code = create(sandbox, {
    object: "promotion_code",
    id: newId(sandbox, "promo_1", 23),
    created: sandbox.now,
    code: params.code ?? newId(sandbox, "", 8).toUpperCase(),
    coupon: existingCoupon(sandbox, params.coupon),
    customer: params.customer ?? null,
    active: true,
    maxRedemptions: params.maxRedemptions ?? null,
    timesRedeemed: 0,
    metadata: {},
  });
  emit(sandbox, code, "promotion_code.created");
  return code;
}

export function updatePromotionCode(
  sandbox: Sandbox,
  id: string,
  { active, metadata }: { active?: boolean; metadata?: MetadataChanges },
): PromotionCode {
  const code = find(sandbox, "promotion_code", id);
  const updated = change(sandbox, code, {
    active: active ?? code.active,
    metadata: withMetadata(code.metadata, metadata ?? {}),
  });
  emit(sandbox, updated, "promotion_code.updated");
  return updated;
}

/** Counts one more use of a coupon, or of the code and its coupon. @throws Error when that is not allowed. */
export function redeem(
  sandbox: Sandbox,
  { coupon, code }: { coupon: string; code: PromotionCode | null },
): Coupon {
  if (code !== null) {
    if (!code.active || isUsedUp(code)) throw new Error(`${code.code} is no longer valid.`);
    const timesRedeemed = code.timesRedeemed + 1;
    emit(sandbox, change(sandbox, code, { timesRedeemed }), "promotion_code.updated");
  }
  const existing = existingCoupon(sandbox, coupon);
  if (isUsedUp(existing)) throw new Error(`${coupon} is used up.`);
  const redeemed = change(sandbox, existing, { timesRedeemed: existing.timesRedeemed + 1 });
  emit(sandbox, redeemed, "coupon.updated");
  return redeemed;
}
