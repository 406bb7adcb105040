// Makes a text that fails small: what may be left out is left out, as long as it still fails.

/** Tries at most; a small text is for reading, not for its own sake. */
const MOST_TRIES = 2_000;

export async function shrunk(text: string, fails: (text: string) => Promise<boolean>): Promise<string> {
  let left = text;
  let tries = 0;
  for (
    let length = Math.ceil(left.length / 2);
    length >= 1;
    length = length === 1 ? 0 : Math.ceil(length / 2)
  ) {
    for (let at = 0; at < left.length && tries < MOST_TRIES; tries++) {
      const without = left.slice(0, at) + left.slice(at + length);
      if (await fails(without)) left = without;
      else at += length;
    }
  }
  return left;
}
