// Stripe's customer portal, where subscribers change things themselves: whoever has a session's link is signed in.
import type { PortalSession } from "./billing-records.ts";
import { emit } from "./emit.ts";
import { create, find, newId, type Sandbox } from "./sandbox.ts";

export function openPortal(sandbox: Sandbox, customer: string): PortalSession {
  const session = create(sandbox, {
    object: "billing_portal.session",
    id: newId(sandbox, "bps_1", 23),
    created: sandbox.now,
    customer: find(sandbox, "customer", customer).id,
  });
  emit(sandbox, session, "billing_portal.session.created");
  return session;
}
