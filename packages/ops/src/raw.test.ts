import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { expect, it } from "vitest";
import { folderWith, reportIn, start } from "./fixtures/start.ts";

/** Of a customer with a text that no state keeps, and that cannot be packed into a row's first KB. */
const event = {
  id: "evt_1",
  object: "event",
  api_version: "2026-10-28.endive",
  created: 1_700_000_000,
  livemode: false,
  type: "customer.updated",
  data: { object: { id: "cus_1", object: "customer", description: randomBytes(1_000).toString("hex") } },
};

it.each([
  ["", 4],
  ["--raw", 6],
])(
  "npm start %s keeps whole objects where that is asked for, and counts what they cost",
  async (flag, units) => {
    const file = join(folderWith({ "event.json": JSON.stringify(event) }), "event.json");
    const ended = await start(["--events", file, "--exit", "--json", ...(flag ? [flag] : [])]).ended;
    expect(reportIn(ended)).toMatchObject({ applied: 1, lost: 0, writeUnitsPerEvent: units });
  },
);
