// A walk through the dead-letter queue that leaves it as it was, but for what its follower removes.
import type { DeadLetters } from "./dead-letters.ts";
import type { Parked } from "./parked.ts";

export type WalkOptions = {
  signal: AbortSignal;
  /**
   * Asked when nothing more comes: SQS gives of a message group no more than its first ten, and nothing behind
   * those that are held. Where it says yes, what is held goes behind its group, in its order, until all of the group
   * went round: ended before that, it would begin with what came later.
   */
  goesDeeper?(): boolean;
};

/** Gives each message once, those of a group in their order; all that is held is put back at the end. */
export async function* walk(letters: DeadLetters, options: WalkOptions): AsyncGenerator<Parked[]> {
  const known = new Set<string>();
  const behind = new Set<string>();
  const isWanted = () => !options.signal.aborted;
  try {
    yield* walkVisible(letters, known, isWanted);
    if (!isWanted() || !options.goesDeeper?.()) return;
    while (await putAllBehind(letters, known, behind)) {
      for await (const fresh of walkVisible(letters, known, () => true)) if (isWanted()) yield fresh;
    }
  } finally {
    await letters.putBack(letters.held());
  }
}

/** Ends where nothing comes, or all of it once more: then it took longer than messages are held. */
async function* walkVisible(
  letters: DeadLetters,
  known: Set<string>,
  isWanted: () => boolean,
): AsyncGenerator<Parked[]> {
  let again = 0;
  while (isWanted()) {
    const found = await letters.receive();
    const fresh = found.filter(({ id }) => !known.has(id));
    for (const { id } of fresh) known.add(id);
    again = fresh.length > 0 ? 0 : again + found.length;
    if (found.length === 0 || again > known.size) return;
    if (fresh.length > 0) yield fresh;
    await letters.putBack(cutShort(found).filter(letters.isHeld));
  }
}

/** The last group of several may go on behind what fitted the answer: put back, it comes whole. */
function cutShort(found: Parked[]): Parked[] {
  const last = found.at(-1)?.group;
  const cut = found.filter(({ group }) => group === last);
  return cut.length === found.length ? [] : cut;
}

/** Gives whether anything may have come to light; a message goes behind only once, so the circle closes. */
async function putAllBehind(letters: DeadLetters, known: Set<string>, behind: Set<string>): Promise<boolean> {
  const held = letters.held();
  const inFront = held.filter(({ id }) => !behind.has(id));
  if (inFront.length === 0) return false;
  if (behind.size === 0 && (await letters.count()) <= held.length) return false;
  for (const parked of inFront) {
    const id = await letters.putBehind(parked);
    known.add(id);
    behind.add(id);
  }
  await letters.putBack(letters.held());
  return true;
}
