// What becomes of each member of a Stripe object that has an entity: somebody has decided for every one (D28).

/**
 * Members are paths, separated by blanks: `lines[].period.start`. `a.*` is `a` with all that is below it. No path goes
 * below a reference to another Stripe object: that has its own events.
 */
export type Fields = {
  /** The fields of the state, each with the members that it is read from: one for each place that versions have. */
  kept: Readonly<Record<string, string>>;
  /** What is worked out, with the members that it is worked out of. */
  derived?: Readonly<Record<string, string>>;
  /** Reasons, each with the members that are left out for it. */
  left: Readonly<Record<string, string>>;
};

export type Decision = {
  member: string;
  becomes: "field" | "derived" | "left out";
  /** The field, what is worked out, or the reason. */
  as: string;
};

/** Of every object. */
const EVERYWHERE: Fields = {
  kept: {},
  derived: {
    "the row's key": "id",
    "which entity it is": "object",
    "whether it is of this stage's mode, by its event": "livemode",
  },
  left: {},
};

/** One for each member that a table names, in alphabetical order. */
export function decisionsOf(fields: Fields): Decision[] {
  const all = [EVERYWHERE, fields].flatMap(({ kept, derived = {}, left }) => [
    ...decided("field", kept),
    ...decided("derived", derived),
    ...decided("left out", left),
  ]);
  return all.sort((one, other) => (one.member < other.member ? -1 : 1));
}

function decided(becomes: Decision["becomes"], members: Readonly<Record<string, string>>): Decision[] {
  return Object.entries(members).flatMap(([as, paths]) =>
    paths
      .trim()
      .split(/\s+/)
      .map((member) => ({ member, becomes, as })),
  );
}

/** Whether a table's path is that of a member, or has it below itself. */
export function covers(decision: string, member: string): boolean {
  if (!decision.endsWith(".*")) return decision === member;
  const above = decision.slice(0, -2);
  return member === above || member.startsWith(`${above}.`) || member.startsWith(`${above}[]`);
}
