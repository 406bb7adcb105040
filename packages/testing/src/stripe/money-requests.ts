// What a shop asks of Stripe about money: to take it, give it back, argue about it, and pay it out.
import { asking } from "./asking.ts";
import { capturePayment, expireHold } from "./captures.ts";
import { noteOnCharge } from "./charges.ts";
import * as Checkout from "./checkout.ts";
import * as Disputes from "./disputes.ts";
import * as Legacy from "./legacy-charges.ts";
import * as PaymentMethods from "./payment-methods.ts";
import * as Payments from "./payments.ts";
import * as Payouts from "./payouts.ts";
import * as Refunds from "./refunds.ts";
import { find, type Sandbox } from "./sandbox.ts";
import { completeSetupCheckout, createSetupCheckout } from "./setup-checkout.ts";
import * as Setups from "./setups.ts";

export function moneyRequests(sandbox: Sandbox) {
  return { ...incoming(sandbox), ...outgoing(sandbox), ...saving(sandbox) };
}

function incoming(sandbox: Sandbox) {
  const by = asking(sandbox);
  return {
    paymentIntents: {
      create: by(Payments.createPayment),
      confirm: by(Payments.confirmPayment),
      /** In minor units, and whole without an amount. */
      capture: by(capturePayment),
      cancel: by((known, id: string) => Payments.cancelPayment(known, id)),
      /** The bank lets go of what is held. */
      expire: by(expireHold),
    },
    charges: {
      create: by(Legacy.createCharge),
      capture: by(Legacy.captureHeldCharge),
      release: by(Legacy.releaseCharge),
      expire: by(Legacy.expireCharge),
      note: by(noteOnCharge),
    },
    checkout: {
      create: by(Checkout.createCheckout),
      complete: by(Checkout.completeCheckout),
      /** How a payment that takes days comes out. */
      settle: by(Checkout.settleCheckout),
      /** What a bank debit did not pay is paid with a card after all. */
      payFailed: by(Checkout.payFailedCheckout),
      expire: by(Checkout.expireCheckout),
      createSetup: by(createSetupCheckout),
      completeSetup: by(completeSetupCheckout),
    },
  };
}

function outgoing(sandbox: Sandbox) {
  const by = asking(sandbox);
  return {
    refunds: {
      create: by(Refunds.createRefund),
      complete: by(Refunds.completeRefund),
      fail: by(Refunds.failRefund),
      cancel: by(Refunds.cancelRefund),
    },
    disputes: {
      open: by(Disputes.openDispute),
      submit: by(Disputes.submitEvidence),
      escalate: by(Disputes.escalateDispute),
      close: by(Disputes.closeDispute),
    },
    payouts: {
      create: by(Payouts.createPayout),
      submit: by(Payouts.submitPayout),
      pay: by(Payouts.settlePayout),
      fail: by(Payouts.failPayout),
      cancel: by(Payouts.cancelPayout),
    },
    balance: { release: by(Payouts.releaseFunds) },
  };
}

function saving(sandbox: Sandbox) {
  const by = asking(sandbox);
  return {
    paymentMethods: {
      add: by(PaymentMethods.addPaymentMethod),
      attach: by((known, id: string, customer: string) =>
        PaymentMethods.attach(known, find(known, "payment_method", id), customer),
      ),
      update: by(PaymentMethods.updatePaymentMethod),
      renew: by(PaymentMethods.renewPaymentMethod),
      detach: by(PaymentMethods.detach),
    },
    setups: {
      create: by(Setups.createSetup),
      challenge: by(Setups.challengeSetup),
      confirm: by(Setups.confirmSetup),
      cancel: by(Setups.cancelSetup),
    },
  };
}
