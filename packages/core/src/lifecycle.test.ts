import { describe, expect, it } from "vitest";
import { isTerminal, type Lifecycle, lifecycleOfType, NO_LIFECYCLE, REUSABLE, rankOf } from "./lifecycle.ts";

const LIFECYCLE: Lifecycle = { ranks: { draft: 0, open: 1, paid: 3, void: 4 }, terminal: ["void"] };

describe("a status", () => {
  it("ranks by how far along it is", () => {
    expect(["draft", "open", "paid", "void"].map((status) => rankOf(LIFECYCLE, status))).toEqual([
      0, 1, 3, 4,
    ]);
  });

  it("ranks with the furthest that is no end where nobody documents it yet", () => {
    expect(rankOf(LIFECYCLE, "disputed")).toBe(3);
  });

  it("ranks lowest where there is none, and where none says anything of order", () => {
    expect(rankOf(LIFECYCLE, null)).toBe(0);
    expect(rankOf(NO_LIFECYCLE, "active")).toBe(0);
  });

  it("is an end only where Stripe documents it as one", () => {
    const statuses = ["draft", "paid", "void", "disputed", null];
    expect(statuses.map((status) => isTerminal(LIFECYCLE, status))).toEqual([
      false,
      false,
      true,
      false,
      false,
    ]);
  });

  it("may have the name of something that every object has", () => {
    expect(rankOf(LIFECYCLE, "constructor")).toBe(3);
    expect(rankOf(NO_LIFECYCLE, "toString")).toBe(0);
  });
});

/** An object type, a path that its status may take, and every end there is. */
const PATHS: [string, string[], string[]][] = [
  ["payment_intent", ["processing", "succeeded"], ["succeeded", "canceled"]],
  ["payment_intent", ["requires_capture", "canceled"], ["succeeded", "canceled"]],
  ["charge", ["pending", "succeeded"], []],
  ["charge", ["pending", "failed"], []],
  ["invoice_payment", ["open", "paid"], []],
  ["payout", ["pending", "in_transit", "paid", "failed"], ["failed", "canceled"]],
  ["payout", ["pending", "canceled"], ["failed", "canceled"]],
  ["topup", ["pending", "succeeded", "reversed"], ["reversed", "failed", "canceled"]],
  ["quote", ["draft", "open", "accepted"], ["accepted", "canceled"]],
  ["source", ["pending", "chargeable", "consumed"], ["consumed", "canceled", "failed"]],
  ["identity.verification_session", ["processing", "verified"], ["verified", "canceled"]],
  ["issuing.authorization", ["pending", "closed"], []],
  ["issuing.card", ["inactive", "canceled"], ["canceled"]],
  ["issuing.dispute", ["unsubmitted", "submitted", "lost"], ["expired"]],
  ["climate.order", ["open", "confirmed", "delivered"], ["delivered", "canceled"]],
  ["reporting.report_run", ["pending", "succeeded"], ["succeeded", "failed"]],
  ["treasury.inbound_transfer", ["processing", "succeeded"], ["failed", "canceled"]],
  ["treasury.outbound_payment", ["processing", "posted", "returned"], ["returned", "failed", "canceled"]],
  ["treasury.outbound_transfer", ["processing", "failed"], ["returned", "failed", "canceled"]],
  ["treasury.credit_reversal", ["processing", "posted"], []],
  ["treasury.debit_reversal", ["processing", "succeeded"], []],
];

describe("the lifecycle of an object type", () => {
  it.each(PATHS)("of %s goes forward by %j, and ends by %j", (object, path, terminal) => {
    const lifecycle = lifecycleOfType(object);
    const ranks = path.map((status) => rankOf(lifecycle, status));
    expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
    expect(lifecycle.terminal).toEqual(terminal);
  });

  it.each<[string, string[]]>([
    [
      "payment_intent",
      [
        "requires_payment_method",
        "requires_confirmation",
        "requires_action",
        "processing",
        "requires_capture",
      ],
    ],
    ["identity.verification_session", ["requires_input", "processing"]],
    ["issuing.card", ["inactive", "active"]],
    ["issuing.authorization", ["expired", "reversed", "closed"]],
  ])("of %s lets %j alternate", (object, statuses) => {
    const lifecycle = lifecycleOfType(object);
    expect(new Set(statuses.map((status) => rankOf(lifecycle, status))).size).toBe(1);
  });

  it.each([...new Set(PATHS.map(([object]) => object))])(
    "of %s lets nothing that can still change outrank an end",
    (object) => {
      const { ranks, terminal } = lifecycleOfType(object);
      const open = Object.keys(ranks).filter((status) => !terminal.includes(status));
      const furthest = Math.max(...open.map((status) => ranks[status] as number));
      expect(terminal.every((status) => (ranks[status] ?? -1) >= furthest)).toBe(true);
    },
  );

  it("never takes a payout for paid for good, since some that fail show as paid at first", () => {
    expect(isTerminal(lifecycleOfType("payout"), "paid")).toBe(false);
  });

  it("says whose deleted ids can be born again", () => {
    expect(REUSABLE.reusable).toBe(true);
    expect(lifecycleOfType("plan")).toBe(REUSABLE);
    expect(["payout", "tax_rate", "constructor"].some((object) => lifecycleOfType(object).reusable)).toBe(
      false,
    );
  });

  it("is none for a type that nobody listed, whatever its name", () => {
    for (const object of ["mandate", "constructor", "__proto__", ""]) {
      expect(lifecycleOfType(object)).toBe(NO_LIFECYCLE);
    }
  });
});
