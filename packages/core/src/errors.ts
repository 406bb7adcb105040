// Three errors, each named by what its catcher does next (D7): park it, park it and alarm, or try again.

/** Why a message was parked; the dead-letter queue, the ledger and the report use these words. */
export type ParkReason =
  | "not-json"
  | "not-an-event"
  | "unsafe-number"
  | "too-large"
  | "wrong-mode"
  | "no-stripe-key"
  | "wrong-stripe-key"
  | "stripe-key-forbidden"
  | "unknown-stripe-path"
  | "from-the-future"
  | "defect"
  | "crash";

/** What is at the bottom of an error, such as `AccessDenied` or `ECONNREFUSED`: its code, else its name. */
export function rootCauseOf({ cause }: Error): string | undefined {
  if (!(cause instanceof Error)) return undefined;
  return rootCauseOf(cause) ?? (cause as Error & { code?: string }).code ?? cause.name;
}

/** The error's message, with the root cause where the message does not name it. */
export function describeError(error: Error): string {
  const cause = rootCauseOf(error);
  return cause === undefined || error.message.includes(cause) ? error.message : `${error.message} (${cause})`;
}

/** The message can never be handled as it is: it is parked with its reason. */
export class Malformed extends Error {
  override readonly name = "Malformed";
  readonly reason: ParkReason;

  constructor(reason: ParkReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }
}

/** Our own code threw on bytes it should have handled. Running it again cannot help: parked, with an alarm. */
export class Defect extends Error {
  override readonly name = "Defect";
  readonly reason = "defect" satisfies ParkReason;

  static of(cause: unknown): Defect {
    if (cause instanceof Defect) return cause;
    const told = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    return new Defect(told, { cause });
  }
}

/** What is asked of was throttled, slow or down: the same call may succeed later. It never leads to parking. */
export class Unavailable extends Error {
  override readonly name: string = "Unavailable";
}

/** Stripe rejects the key: what needs an answer waits, since a right key may come. */
export class Unauthorized extends Unavailable {
  override readonly name = "Unauthorized";
}

/** There was no time left to begin: that says nothing of the message, which comes back soon. */
export class NotBegun extends Unavailable {
  override readonly name = "NotBegun";

  constructor() {
    super("The function's time is nearly over.");
  }
}

/** Another writer changed a row between our read and our commit: read again and decide again (D5). */
export class Conflict extends Error {
  override readonly name = "Conflict";
}
