// A session of the customer portal.
import type { PortalSession } from "../billing-records.ts";
import type { View } from "./list.ts";

export function renderPortalSession({ id, created, customer }: PortalSession, { options }: View) {
  return {
    id,
    object: "billing_portal.session",
    configuration: "bpc_1SimulatedConfiguration0",
    created,
    customer,
    customer_account: null,
    flow: null,
    livemode: options.livemode,
    locale: null,
    on_behalf_of: null,
    return_url: "https://example.com/account",
    url: `https://billing.stripe.com/p/session/test_${id.replace("bps_", "")}`,
  };
}
