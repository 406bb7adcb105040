// Bugs in what is written with what, and on which condition.
import type { Bug } from "./bug.ts";

export const WRITING_BUGS: Bug[] = [
  {
    name: "ledger-only-with-rows",
    excuse: "An event that changes nothing needs no ledger row: that saves two write units.",
    breaks: "nothing is lost",
    file: "core/src/decide.ts",
    from: "draft.decision.changes.ledger.push({ ...entry,",
    to: "if (rows.length > 0) draft.decision.changes.ledger.push({ ...entry,",
    events: 200,
  },
  {
    name: "ledger-not-looked-at",
    excuse: "The transaction's condition on the ledger row refuses what was seen before.",
    breaks: "nobody waits for a bad customer",
    file: "core/src/decide.ts",
    from: "draft.settledEvents.has(ledger) || isFinal(draft.view.ledger.get(ledger), options.now)",
    to: "draft.settledEvents.has(ledger)",
    events: 50,
  },
  {
    name: "ledger-first",
    excuse: "The event is claimed before it is handled, as an idempotency table does it.",
    breaks: "the rows are the truth",
    file: "core/src/settle.ts",
    from: "if (size > 0) await ports.store.commit(changes, now);",
    to: `const { rows, ledger, moves } = changes;
  if (ledger.length > 0) await ports.store.commit({ rows: [], ledger, moves: [] }, now);
  if (rows.length + moves.length > 0) await ports.store.commit({ rows, ledger: [], moves }, now);`,
    events: 200,
  },
  {
    name: "counters-apart",
    excuse: "Hot counters are kept out of the transaction, so that it meets no conflicts.",
    breaks: "nothing counts twice",
    file: "core/src/settle.ts",
    from: "if (size > 0) await ports.store.commit(changes, now);",
    to: `const { moves } = changes;
  if (size > 0) await ports.store.commit({ ...changes, moves: [] }, now);
  if (moves.length > 0) await ports.store.commit({ rows: [], ledger: [], moves }, now);`,
  },
  {
    name: "no-fence",
    excuse: "A lane is handled in order, so nobody else can have written the row.",
    breaks: "no version goes back",
    file: "core/src/memory.ts",
    from: "...rows.filter((row) => revisionAt(items, row.key) !== row.revision - 1),",
    to: "",
    events: 300,
  },
  {
    name: "no-fence-on-what-is-joined",
    excuse: "A row without parts of its own has no version that could go back.",
    breaks: "no version goes back",
    file: "core/src/memory.ts",
    from: "rows.filter((row) => revisionAt(items, row.key)",
    to: "rows.filter((row) => Object.keys(row.parts).length > 0 && revisionAt(items, row.key)",
  },
  {
    name: "conflict-means-seen-before",
    excuse: "A condition that fails means that somebody else has handled the event.",
    breaks: "nothing is lost",
    file: "core/src/settle.ts",
    from: "if (!goesOn) throw error;",
    to: `if (error instanceof Conflict) {
        return new Map(deliveries.map(({ id }) => [id, { outcome: "duplicate", reason: "seen-before" }]));
      }
      if (!goesOn) throw error;`,
    events: 300,
  },
  {
    name: "batch-forgets-itself",
    excuse: "What was read is what the table holds.",
    breaks: "the rows are the truth",
    file: "core/src/decide.ts",
    from: "rows.get(text) ?? view.rows.get(text)",
    to: "view.rows.get(text)",
    events: 300,
  },
  {
    name: "outcome-overwritten",
    excuse: "The ledger row says what became of the event last.",
    breaks: "nothing counts twice",
    file: "core/src/memory.ts",
    from: "isFinal(entriesOf(at(items, key))[0], now)",
    to: "false",
  },
  {
    name: "tombstones-expire",
    excuse: "Nobody reads what was deleted a month ago: time to live keeps the table small.",
    breaks: "the rows are the truth",
    file: "core/src/item.ts",
    from: "rev: row.revision,",
    to: `rev: row.revision,
    ...(row.deleted ? { expires: (row.parts[identity.id] as Part).second + 30 * 24 * 60 * 60 } : {}),`,
  },
  {
    name: "link-stored",
    excuse: "Support wants to open a charge's page with one click.",
    breaks: "the rows are the truth",
    file: "core/src/payment-parts.ts",
    from: "created: integer(object.created),",
    to: "created: integer(object.created), receiptUrl: text(object.receipt_url),",
    events: 100,
  },
];
