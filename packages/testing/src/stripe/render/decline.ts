// How a declined payment reads.

export function declined(code: string) {
  return { code: "card_declined", message: MESSAGES[code] ?? "Your card was declined." };
}

const MESSAGES: { [code: string]: string } = {
  insufficient_funds: "Your card has insufficient funds.",
  debit_not_authorized: "The customer has notified their bank that this payment was unauthorized.",
};
