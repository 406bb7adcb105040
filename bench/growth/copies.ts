// What is told of one customer, told again of others: the same text under ids of their own.

/** Ids of what belongs to a customer alone; what they buy is one shop's. */
const OWN_ID = /(\b(?:ch|cs_test|cus|evt|il|in|inpay|pi|pm|si|sub|txn)_[0-9A-Za-z]{8,})/;
const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** Characters at an id's end that number the copy: 56 thousand million of them. */
const NUMBERED = 6;

/** Gives the text of the nth copy, as long as the original; no two copies share an id of theirs. */
export function copies(original: string): (n: number) => string {
  const pieces = original.split(OWN_ID);
  const isId = (position: number) => position % 2 === 1;
  const stems = pieces.map((piece, position) => (isId(position) ? piece.slice(0, -NUMBERED) : piece));
  return (n) => {
    const number = numberText(n);
    return stems.map((stem, position) => (isId(position) ? stem + number : stem)).join("");
  };
}

/** The least of it comes last, where the lanes look. */
function numberText(n: number): string {
  const places = Array.from({ length: NUMBERED }, (_, place) => 62 ** (NUMBERED - 1 - place));
  return places.map((weight) => BASE62[Math.floor(n / weight) % 62]).join("");
}

/** The same for texts that belong together, none of which holds a line break. */
export function copiesOf(originals: string[]): (n: number) => string[] {
  const copy = copies(originals.join("\n"));
  return (n) => (originals.length === 0 ? [] : copy(n).split("\n"));
}
