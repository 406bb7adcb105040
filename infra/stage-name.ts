// Which kind a stage is by its name. A name that reads like production or staging and is neither is refused: it would
// get a personal stage, which is not protected and takes test events only.
import { edits } from "@stripe-lanes/core/nearest";

/** Any stage is personal that is neither of the other two. */
export type Kind = "production" | "staging" | "personal";

type Shared = Exclude<Kind, "personal">;

/** Names of all resources stay within what AWS takes: an archive's has 48 characters at most. */
const LONGEST = 24;

/** What people call each: the whole name, or its first or last part (`prod-eu`, `acme-live`). */
const WORDS: Record<Shared, string[]> = {
  production: ["prod", "prods", "prd", "produ", "produc", "live"],
  staging: ["stg", "stag", "stage", "preprod", "preprd"],
};

/** Branches, and the word that many personal stages end with (`my-stage`): the whole name or its first part only. */
const FIRST_WORDS: Record<Shared, string[]> = {
  production: ["main", "mainline", "master", "trunk", "release", "releases"],
  staging: [],
};
const NEVER_LAST = ["stage"];

/** Letters that a typing error adds, drops, replaces or (two) swaps. */
const TYPING_ERRORS: Record<Shared, number> = { production: 2, staging: 1 };

const SHARED: Shared[] = ["production", "staging"];

export function kindOf(stage: string): Kind {
  return SHARED.find((kind) => kind === stage) ?? "personal";
}

/** @throws Error with one sentence that says what to type instead */
export function checkStageName(stage: string): void {
  if (stage.length > LONGEST || !/^[a-zA-Z0-9-]+$/.test(stage)) {
    throw new Error(
      `A stage's name must have at most ${LONGEST} letters, digits and hyphens; got ${JSON.stringify(stage)}.`,
    );
  }
  const meant = kindOf(stage) === "personal" && SHARED.find((kind) => readsLike(kind, stage));
  if (!meant) return;
  throw new Error(
    `The stage "${stage}" reads like ${meant} but would be a personal one, unprotected and for test events only: type ${meant}, or a name that does not read like it.`,
  );
}

/** SST itself refuses `sst dev` on protected apps only. @throws Error with one sentence unless the stage is personal */
export function checkDev(stage: string): void {
  if (kindOf(stage) === "personal") return;
  throw new Error(
    `sst dev is for personal stages: it would run the functions of ${stage} on this machine, and events would wait whenever it stops. Type --stage and a name of your own, such as --stage ada.`,
  );
}

function readsLike(kind: Shared, stage: string): boolean {
  const parts = partsOf(stage);
  const [first = "", last = ""] = [parts[0], parts.at(-1)];
  if (stage.toLowerCase().replaceAll("-", "").includes(kind)) return true;
  if (parts.some((part) => isTypingErrorOf(kind, part)) || isTypingErrorOf(kind, parts.join(""))) return true;
  if ([...WORDS[kind], ...FIRST_WORDS[kind]].includes(first)) return true;
  return WORDS[kind].includes(last) && !NEVER_LAST.includes(last);
}

/** In lower case, apart at hyphens, capitals and digits: `prodEU-2` is prod and eu. */
function partsOf(stage: string): string[] {
  const words = stage.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
  return words.split(/[^a-z]+/).filter((part) => part !== "");
}

function isTypingErrorOf(kind: Shared, part: string): boolean {
  return edits(part, kind) <= TYPING_ERRORS[kind] || swaps(kind).includes(part);
}

/** The word with each two neighbouring letters swapped. */
function swaps(word: string): string[] {
  return [...word.slice(1)].map(
    (letter, index) => word.slice(0, index) + letter + word.charAt(index) + word.slice(index + 2),
  );
}
