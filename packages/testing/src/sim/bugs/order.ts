// Bugs in which state stands, and in what follows from it for other rows.
import type { Bug } from "./bug.ts";

export const ORDER_BUGS: Bug[] = [
  {
    name: "newest-arrival-wins",
    excuse: "A FIFO queue delivers in order, so what comes last is the newest.",
    breaks: "no version goes back",
    file: "core/src/order.ts",
    from: "if (level.newer === false) return { part, reason: level.reason, stands: false };",
    to: 'if (level.newer === false) return { part: alone(telling), reason: "later-second", stands: true };',
    events: 200,
  },
  {
    name: "only-the-winner-is-remembered",
    excuse: "A newcomer has to be compared with the state that stands, and with nothing else.",
    breaks: "the rows are the truth",
    file: "core/src/order.ts",
    from: "stepsIn([...part.remembered, newcomer])",
    to: "stepsIn([...part.remembered.filter((one) => leftBy(one) === leftBy(part)), newcomer])",
  },
  {
    name: "one-version-for-a-row",
    excuse: "A row has one version, as every row has.",
    breaks: "the rows are the truth",
    file: "core/src/judge.ts",
    from: "noun.hasParts ? (idOf(object) ?? rowId) : rowId",
    to: "rowId",
    events: 200,
  },
  {
    name: "deleted-ids-are-free-again",
    excuse: "Deleted means deleted: what is told of the id from then on is told of a new object.",
    breaks: "a tombstone stays",
    file: "core/src/order.ts",
    from: 'return { newer: false, reason: part.finality === "tombstone" ? "after-tombstone" : "after-terminal" };',
    to: `const isFree = part.finality === "tombstone";
    return isFree ? { newer: true, reason: "later-second" } : { newer: false, reason: "after-terminal" };`,
    seed: 5,
  },
  {
    name: "increments-of-stock",
    excuse: "An order that is told of sells what is on it.",
    breaks: "nothing counts twice",
    file: "core/src/levels.ts",
    from: "[...moves(tenant, levelsOf(before), -1), ...moves(tenant, levelsOf(after), 1)]",
    to: "moves(tenant, levelsOf(after), 1)",
    events: 300,
  },
  {
    name: "refunds-added-up",
    excuse: "What the charge tells of and what the refunds tell of all went back.",
    breaks: "the rows are the truth",
    file: "core/src/payment-refunds.ts",
    from: "Math.max(alive, rest)",
    to: "alive + rest",
    events: 300,
  },
  {
    name: "contributions-stay",
    excuse: "A row tells others what it contributes whenever that changes.",
    breaks: "nothing counts twice",
    file: "core/src/joins.ts",
    from: "return [...ended, ...changes];",
    to: "return changes;",
  },
];
