// The requests about what is sold again and again: the catalog, discounts, subscriptions, invoices.
import { asking } from "./asking.ts";
import { collect, collectAuthenticated } from "./billing.ts";
import * as Catalog from "./catalog.ts";
import { markUncollectible, voidInvoice } from "./collection.ts";
import * as Coupons from "./coupons.ts";
import * as CreditNotes from "./credit-notes.ts";
import * as Discounts from "./discounts.ts";
import { attachFeature } from "./entitlements.ts";
import { createInvoiceItem, deleteInvoiceItem } from "./invoice-items.ts";
import { finalizeInvoice } from "./invoices.ts";
import { payTogether } from "./joint-payment.ts";
import { createInvoice, deleteInvoice } from "./manual-invoices.ts";
import { changeItem } from "./proration.ts";
import { find, type Sandbox } from "./sandbox.ts";
import * as Schedules from "./schedules.ts";
import * as Subscriptions from "./subscriptions.ts";

export function billingRequests(sandbox: Sandbox) {
  return {
    ...catalog(sandbox),
    ...discounts(sandbox),
    ...subscriptions(sandbox),
    ...invoices(sandbox),
  };
}

function catalog(sandbox: Sandbox) {
  const by = asking(sandbox);
  return {
    products: {
      create: by(Catalog.createProduct),
      update: by(Catalog.updateProduct),
      delete: by(Catalog.deleteProduct),
      /** What its subscribers may use, by its lookup key. */
      attachFeature: by(attachFeature),
    },
    prices: {
      create: by(Catalog.createPrice),
      update: by(Catalog.updatePrice),
      delete: by(Catalog.deletePrice),
    },
  };
}

function discounts(sandbox: Sandbox) {
  const by = asking(sandbox);
  return {
    coupons: {
      create: by(Coupons.createCoupon),
      update: by(Coupons.updateCoupon),
      delete: by(Coupons.deleteCoupon),
    },
    promotionCodes: { create: by(Coupons.createPromotionCode), update: by(Coupons.updatePromotionCode) },
    discounts: {
      apply: by(Discounts.applyDiscount),
      switchCoupon: by(Discounts.switchCoupon),
      remove: by(Discounts.removeDiscount),
    },
  };
}

function subscriptions(sandbox: Sandbox) {
  const by = asking(sandbox);
  return {
    subscriptions: {
      create: by(Subscriptions.createSubscription),
      update: by(Subscriptions.updateSubscription),
      /** Another price or quantity; what makes it dearer is charged at once. */
      change: by(changeItem),
      cancelAtPeriodEnd: by(Subscriptions.cancelAtPeriodEnd),
      keep: by(Subscriptions.keepSubscription),
      cancel: by(Subscriptions.cancelSubscription),
      pauseCollection: by(Subscriptions.pauseCollection),
      resumeCollection: by(Subscriptions.resumeCollection),
      resume: by(Subscriptions.resumeSubscription),
    },
    schedules: {
      create: by(Schedules.createSchedule),
      update: by(Schedules.updateSchedule),
      release: by(Schedules.releaseSchedule),
      cancel: by(Schedules.cancelSchedule),
    },
  };
}

function invoices(sandbox: Sandbox) {
  const by = asking(sandbox);
  return {
    invoices: {
      create: by(createInvoice),
      delete: by(deleteInvoice),
      finalize: by((known, id: string) => finalizeInvoice(known, find(known, "invoice", id))),
      pay: by((known, id: string) => collect(known, find(known, "invoice", id))),
      /** The customer does what a try to collect it waited for. */
      authenticate: by((known, id: string) => collectAuthenticated(known, find(known, "invoice", id))),
      payTogether: by(payTogether),
      void: by(voidInvoice),
      markUncollectible: by(markUncollectible),
    },
    invoiceItems: { create: by(createInvoiceItem), delete: by(deleteInvoiceItem) },
    creditNotes: {
      create: by(CreditNotes.createCreditNote),
      update: by(CreditNotes.updateCreditNote),
      void: by(CreditNotes.voidCreditNote),
    },
  };
}
