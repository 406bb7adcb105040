// How far a payment is: money decides, never a status word (D21).
import type { Charge, IntentPart, InvoicePaymentPart } from "./payment-parts.ts";

type Told = {
  /** Minor units. */
  paid: number;
  intent: (IntentPart & { second: number }) | undefined;
  /** The charge that was made last. */
  latest: Charge | undefined;
  invoicePayment: InvoicePaymentPart | undefined;
};

/**
 * What was captured has succeeded. Else the newer of intent and charge knows better, and of one second the charge that
 * holds money or let it go, since an intent may not be told of that.
 */
export function paymentStatus({ paid, intent, latest, invoicePayment }: Told): string | null {
  if (paid > 0) return "succeeded";
  if (intent === undefined) return latest?.status ?? invoicePayment?.status ?? null;
  if (latest === undefined || !isHold(latest) || isOver(intent)) return intent.status;
  return intent.second > latest.second ? intent.status : latest.status;
}

function isHold({ status }: Charge): boolean {
  return status === "requires_capture" || status === "canceled";
}

function isOver({ status }: IntentPart): boolean {
  return status === "succeeded" || status === "canceled";
}
