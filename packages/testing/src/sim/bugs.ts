// The deliberate bugs that the simulation must catch: each invariant is seen to fail.
import type { Bug } from "./bugs/bug.ts";
import { DEPLOYING_BUGS } from "./bugs/deploying.ts";
import { FAILING_BUGS } from "./bugs/failing.ts";
import { MEANING_BUGS } from "./bugs/meaning.ts";
import { ORDER_BUGS } from "./bugs/order.ts";
import { WRITING_BUGS } from "./bugs/writing.ts";

export const BUGS: Bug[] = [
  ...WRITING_BUGS,
  ...ORDER_BUGS,
  ...MEANING_BUGS,
  ...FAILING_BUGS,
  ...DEPLOYING_BUGS,
];
