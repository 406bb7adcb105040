// The tax on an amount: until basil it named its rate, since then it has the rate's details.

const RATE = "txr_1SimulatedTaxRate000000";

export function taxes(amount: number, taxable: number, hasDetails: boolean) {
  if (amount === 0) return [];
  const shared = { amount, taxability_reason: "standard_rated", taxable_amount: taxable };
  if (!hasDetails) return [{ ...shared, inclusive: false, tax_rate: RATE }];
  return [
    { ...shared, tax_behavior: "exclusive", tax_rate_details: { tax_rate: RATE }, type: "tax_rate_details" },
  ];
}
