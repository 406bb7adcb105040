// Why members are left out, where the reason is that of several objects.

export const SECRET = "By it somebody could pay or sign in (D28).";
export const SETTINGS = "What was asked of Stripe, and not what came of it.";
export const PAGE = "How Stripe's page looks and what it asks for.";
export const PAPER = "On the document that the customer gets, and nowhere else of use.";
export const PERSON = "Personal data that no read needs.";
export const BANK = "What banks and networks say among themselves; a stage with `raw` has it.";
export const METHOD = "The payment method's own row has what it is known by.";
export const PLATFORM = "Of Connect's settlement between accounts: their own events tell of it.";
export const LEDGER = "Of Stripe's accounting, which its own reports have.";
export const TAX = "How a tax was worked out: the sum is kept.";
export const DISCOUNT = "Its discounts have rows of their own; what they come to is in the total.";
export const EXPANDED = "There only where somebody expanded it.";
export const CLOCK = "Of test clocks only.";
export const OTHER = "Its own events tell of it.";
export const CURRENCIES = "Amounts in other currencies than the object's own.";
export const ADVICE = "Words for people and for Stripe's support; the codes are kept.";
