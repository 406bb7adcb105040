// Any Stripe object without a noun of its own (D10): its plain members, under the same order rule.
import { customerOf, type StripeObject } from "../event.ts";
import { metadata, text } from "../fields.ts";
import { lifecycleOfType } from "../lifecycle.ts";
import type { Noun } from "../noun.ts";
import type { State } from "../part.ts";
import { plainMembers } from "../plain-members.ts";
import { isSecretMember } from "../secret-members.ts";

/**
 * The object's own members, and nested ones within bounds: texts, numbers and flags, lists and objects of them,
 * references by id, and its metadata. Nothing by which somebody could sign in or pay.
 */
export type GenericState = State & {
  object: string;
  customer: string | null;
  metadata: Record<string, string>;
  /** Own members of which not all is kept, since they are too deep, too long or too large, or Stripe cut them. */
  cut?: string[];
};

/** A status that only the event tells: of a Connect platform that an account lets in, or shuts out. */
const TOLD_BY_EVENT: ReadonlyMap<string, string> = new Map([
  ["account.application.authorized", "authorized"],
  ["account.application.deauthorized", "deauthorized"],
]);

function project({ metadata: told, ...object }: StripeObject, eventType: string): GenericState {
  const { members, cut } = plainMembers(object);
  const status = TOLD_BY_EVENT.get(eventType);
  return {
    ...members,
    ...(status === undefined ? {} : { status }),
    object: object.object,
    customer: customerOf(object),
    metadata: withoutSecrets(metadata(told)),
    ...(cut.length === 0 ? {} : { cut }),
  };
}

/** Its texts are the business's own, so that only a name tells. */
function withoutSecrets(texts: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).filter(([name]) => !isSecretMember(`metadata.${name}`, name)),
  );
}

export const generic: Noun<GenericState> = {
  name: "generic",
  home: "own",
  keyedByType: true,
  project,
  customerOf: (state) => state.customer,
  statusOf: (state) => text(state.status),
  lifecycleOf: (object) => lifecycleOfType(object.object),
};
