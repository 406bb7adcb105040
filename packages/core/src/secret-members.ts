// What lets somebody sign in or pay as another: such a member has no place in a generic row (D28).

/** At any depth, metadata too: it hides what it is in its name. Stripe's `image_url_png` is a link as well. */
const SECRET_NAME = /(?:url|secret|token|password|passcode|cryptogram|pdf)s?$|_url_/i;

/** What these hold, whatever its members are called: a step to pay, a key, or what a card or an account is charged by. */
const SECRET_MEMBERS: ReadonlySet<string> = new Set([
  "account_number",
  "api_key",
  "cvc",
  "ephemeral_key",
  "iban",
  "next_action",
  "nonce",
  "payment_method_data",
  "pin",
  "private_key",
  "qr_code",
]);

/** Of one type only: other objects have a `number` that is printed on them. */
const SECRET_PATHS: ReadonlySet<string> = new Set(["issuing.card.number"]);

/** Named like a secret, and none: the id of a card in a wallet, which pays nothing. */
const ALLOWED_PATHS: ReadonlySet<string> = new Set([
  "issuing.authorization.token",
  "issuing.transaction.token",
]);

/** A link, or one of Stripe's keys and client secrets, whatever it is called. */
const SECRET_TEXT = /^https?:\/\/|^(?:sk|rk|ek|whsec)_|_secret_/i;

/** Whether a member is not to be kept; its path has the object's type before the names that lead to it. */
export function isSecretMember(path: string, name: string): boolean {
  if (ALLOWED_PATHS.has(path)) return false;
  return SECRET_NAME.test(name) || SECRET_MEMBERS.has(name) || SECRET_PATHS.has(path);
}

export function isSecretText(text: string): boolean {
  return SECRET_TEXT.test(text);
}
