// What is wrong with a table: a member that nobody has decided about, one that is not there, a decision that is not so.
import { pathsThatCount } from "./effect.ts";
import { covers, type Decision, decisionsOf, type Fields } from "./fields.ts";
import type { Members, Sample } from "./members.ts";

/** Of a member that no type names any more. */
const ANY: readonly Sample[] = ["one", 1, 2, true, { id: "one", amount: 1 }];

export type Table = {
  type: string;
  fields: Fields;
  /** As the SDK types them. */
  members: Members;
  /** As events have them. */
  seen: ReadonlySet<string>;
};

/** A sentence for each fault, none where the table is right. */
export function faultsOf(table: Table): string[] {
  const decisions = decisionsOf(table.fields);
  const members = withOld(table, decisions);
  return [
    ...twice(table.type, decisions),
    ...undecided(table.type, decisions, members),
    ...gone(table, decisions),
    ...untrue(table.type, decisions, members),
  ];
}

/** With those that only events of older versions have, or that a state is still read from. */
function withOld({ members, seen }: Table, decisions: readonly Decision[]): Members {
  const read = decisions.filter(({ becomes, member }) => becomes !== "left out" && !member.endsWith(".*"));
  const old = [...seen, ...read.map(({ member }) => member)].filter((path) => !members.has(path));
  return new Map([...members, ...old.map((path) => [path, ANY] as const)]);
}

function twice(type: string, decisions: readonly Decision[]): string[] {
  const byMember = Map.groupBy(decisions, ({ member }) => member);
  return [...byMember].flatMap(([member, those]) =>
    those.length > 1 ? [`${type}: ${member} is decided ${those.length} times.`] : [],
  );
}

function undecided(type: string, decisions: readonly Decision[], members: Members): string[] {
  const open = [...members.keys()].filter((path) => decisionOn(path, decisions) === undefined);
  return open.map((path) => `${type}: what becomes of ${path}? Decide in scripts/fields/objects.`);
}

/** The most exact one: `lines[].id` goes before `lines[].*`. */
function decisionOn(path: string, decisions: readonly Decision[]): Decision | undefined {
  const those = decisions.filter(({ member }) => covers(member, path));
  return those.toSorted((one, other) => lengthOf(other) - lengthOf(one))[0];
}

function lengthOf({ member }: Decision): number {
  return member.endsWith(".*") ? member.length - 2 : member.length + 1;
}

/** What a state is read from may be of a version that is not simulated; what is left out has to be somewhere. */
function gone({ type, members, seen }: Table, decisions: readonly Decision[]): string[] {
  const all = [...members.keys(), ...seen];
  const absent = decisions.filter(
    (one) => one.becomes === "left out" && !all.some((path) => decisionOn(path, [one]) !== undefined),
  );
  return absent.map(({ member }) => `${type}: there is no member ${member}.`);
}

const WITHOUT_STATE: ReadonlySet<string> = new Set(["id", "object", "livemode"]);

function untrue(type: string, decisions: readonly Decision[], members: Members): string[] {
  const counting = pathsThatCount(type, members);
  return [...members].flatMap(([path, samples]) => {
    const decision = decisionOn(path, decisions);
    if (decision === undefined || WITHOUT_STATE.has(path) || samples.length === 0) return [];
    const isKept = decision.becomes !== "left out";
    if (isKept === counting.has(path)) return [];
    return [
      `${type}: ${path} is said to be ${isKept ? decision.as : "left out"}, and is ${isKept ? "not" : "kept"}.`,
    ];
  });
}
