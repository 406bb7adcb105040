// With Accounts v2 a customer is an account as well.

/** The account that a customer is. */
export function accountOf(customer: string): string {
  return customer.replace(/^cus_/, "acct_1");
}
