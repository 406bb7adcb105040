// How Stripe bills a subscription: older ones in classic mode.

export function billingMode(isFlexible: boolean) {
  return {
    flexible: isFlexible ? { proration_discounts: "included" } : null,
    type: isFlexible ? "flexible" : "classic",
  };
}
