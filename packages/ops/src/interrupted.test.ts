import { describe, expect, it } from "vitest";
import { start } from "./fixtures/start.ts";
import type { Report } from "./report.ts";

const event = (number: number) =>
  JSON.stringify({
    id: `evt_${number}`,
    object: "event",
    created: 1_700_000_000,
    livemode: false,
    type: "customer.updated",
    data: { object: { id: `cus_${number}`, object: "customer" } },
  });

describe("a run that is interrupted", () => {
  it("says how many deliveries were not sent, and reports what became of the others as one document", async () => {
    const running = start(["--simulate", "4000", "--duplicates", "--exit", "--json"]);
    await running.complains("deliveries settled");
    running.interrupt();
    const { code, out, err } = await running.ended;
    const [, unsent = "", total] =
      /^Interrupted: ([\d,]+) of ([\d,]+) deliveries were not sent\.$/m.exec(err) ?? [];
    const { sent, lost } = JSON.parse(out) as Report;
    expect({ code, total, lost }).toEqual({ code: 130, total: "8,000", lost: 0 });
    expect(sent + Number(unsent.replace(",", ""))).toBe(8_000);
  });

  it("says that the rest of standard input was not read", async () => {
    const running = start(["-", "--exit", "--json"], `${event(1)}\n`, { open: true });
    await running.complains("1 of 1 deliveries settled");
    running.interrupt();
    const { code, out, err } = await running.ended;
    expect(err).toMatch(/^Interrupted: the rest of the input was not read\.$/m);
    expect(JSON.parse(out)).toMatchObject({ sent: 1, applied: 1 });
    expect(code).toBe(130);
  });
});
