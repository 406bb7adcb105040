// Which kind of row a read asks for: a noun's, or of the generic rows those of one Stripe object type.
import type { RowNoun } from "./view.ts";

export type Named = Exclude<RowNoun, "generic"> | { noun: "generic"; object: string };

export type NounOf<N extends Named> = N extends { noun: infer Noun extends RowNoun }
  ? Noun
  : Extract<N, RowNoun>;

export type Kind<N extends Named = Named> = { noun: NounOf<N>; object?: string };

export function kindOf<N extends Named>(named: N): Kind<N> {
  return (typeof named === "string" ? { noun: named } : named) as Kind<N>;
}
