import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { nounOf } from "@stripe-lanes/core/registry";
import { describe, expect, it } from "vitest";
import { apiVersions } from "../../../scripts/docs/api-versions.ts";
import { documents, outOfDate } from "../../../scripts/docs/documents.ts";
import { DESCRIBED, sentenceOf } from "../../../scripts/docs/effects.ts";
import { eventMap } from "../../../scripts/docs/event-map.ts";
import { table } from "../../../scripts/docs/markdown.ts";
import { nounFiles } from "../../../scripts/docs/nouns.ts";
import { billingReads, checked } from "../../../scripts/docs/reads.ts";
import { rowSizes, sizesTable } from "../../../scripts/docs/row-sizes.ts";
import { changesLine, keysTable, sightings, statusLines } from "../../../scripts/docs/rows.ts";
import { stripeEvents } from "../../../scripts/docs/stripe-events.ts";

/** The line of the event map that begins with this event type, without its bars. */
function lineOf(map: string, type: string): string[] {
  const line = map.split("\n").find((one) => one.startsWith(`| \`${type}\` |`)) ?? "";
  return line.split("|").map((cell) => cell.trim());
}

describe("the generated documents", () => {
  it("say what the source says: run `npm run docs` if not", async () => {
    expect(outOfDate(await documents())).toEqual([]);
  });

  it("are named where their file is missing or says something else", () => {
    const path = fileURLToPath(import.meta.url);
    const text = readFileSync(path, "utf8");
    const kept = { name: "kept", path, text };
    const changed = { name: "changed", path, text: `${text}!` };
    const missing = { name: "missing", path: `${path}.md`, text };
    expect(outOfDate([kept, changed, missing])).toEqual(["changed", "missing"]);
  });

  it("have a sentence for each noun and for nothing else", async () => {
    const files = await nounFiles();
    expect(DESCRIBED).toEqual(files.map(({ name }) => name));
    expect(() => sentenceOf("tombola")).toThrow("no sentence for the noun tombola");
  });
});

describe("the map of events", () => {
  const events = stripeEvents();
  const map = eventMap(events);

  it("has one line for each event type that stripe-node knows, in each noun that it tells of", () => {
    expect(events).toHaveLength(275);
    for (const { type, objects } of events) {
      const nouns = new Set(objects.map(({ object }) => nounOf(object).name));
      expect(map.split(`| \`${type}\` |`), type).toHaveLength(nouns.size + 1);
    }
  });

  it("tells a tombstone from an id that is born again and from an end", () => {
    expect(lineOf(map, "customer.deleted")).toContain("gone for good");
    expect(lineOf(map, "coupon.deleted")).toContain("gone, perhaps not for good");
    expect(lineOf(map, "customer.subscription.deleted")).toContain("an end, no deletion");
    expect(lineOf(map, "customer.created")).toContain("birth");
    expect(lineOf(map, "coupon.created")).toContain("birth, perhaps again");
  });

  it("names what changes in the same transaction", () => {
    expect(lineOf(map, "refund.failed")).toContain("payment `{payment_intent}`");
    expect(lineOf(map, "checkout.session.completed")).toContain(
      "payment `{payment_intent}`, stock `{price}`, reference `{customer}`",
    );
  });

  it("names the ids that a row may have, the first that is there first", () => {
    expect(lineOf(map, "charge.succeeded")).toContain("`{payment_intent}`, else `{id}`");
  });

  it("leaves what has no id without a row", () => {
    const [rows = "", none = ""] = map.split("## No row");
    expect(none).toContain("`invoice.upcoming`");
    expect(rows).not.toContain("`invoice.upcoming`");
    expect(rows).toContain("`invoice.paid`");
  });
});

describe("the description of the state", () => {
  const seen = sightings(stripeEvents());
  const of = (noun: string) => seen.filter(({ identity }) => identity.noun === noun);

  it("has both keys of what lives with its customer, and may have none", () => {
    expect(
      keysTable("subscription", nounOf("subscription"), of("subscription")).split("\n").slice(2),
    ).toEqual([
      "| yes | `{tenant}#{customer}`, `subscription#{id}` | `{tenant}#{id}`, `subscription` | `{tenant}#subscription#{status}`, `{id}` |",
      "| no | `{tenant}#{id}`, `subscription` |  | `{tenant}#subscription#{status}`, `{id}` |",
    ]);
  });

  it("has the statuses in their order, and which are an end", () => {
    expect(statusLines(of("refund"))).toBe(
      "- `refund`: `pending`, `requires_action` → `succeeded` → **`failed`**, **`canceled`**",
    );
  });

  it("has what changes with a row", () => {
    expect(changesLine(of("refund"))).toContain("`payment`");
    expect(changesLine(of("product"))).toBe("");
  });

  it("is refused for a noun that no event reaches", () => {
    expect(() => keysTable("tombola", undefined, [])).toThrow(
      "No event brings about a row of the noun tombola",
    );
  });

  it("has the requests that each read makes", async () => {
    const reads = await billingReads();
    const requests = reads.map(({ name, cases }) => [name, cases.map((one) => one.requests.length)]);
    expect(Object.fromEntries(requests)).toMatchObject({ get: [1, 2], customerState: [3], timeline: [5] });
  });

  it("is refused where a read makes more requests than its comment says", () => {
    const gives = "The first 10 of them. 1 request; 2 for what lives with its customer.";
    const read = (requests: string[]) => ({
      name: "get",
      parameters: [],
      gives,
      cases: [{ given: "", requests }],
    });
    expect(checked(read(["one", "two"])).name).toBe("get");
    expect(() => checked(read(["one", "two", "three"]))).toThrow("get made 3 requests");
  });
});

describe("what a row weighs", () => {
  it("is under one write unit for ordinary rows of every entity (D13)", async () => {
    const sizes = await rowSizes();
    expect(sizes.map(({ entity }) => entity)).toEqual(
      expect.arrayContaining(["invoice", "payment", "customer"]),
    );
    const heavy = sizes.filter(({ median, most }) => Math.max(median, most) > 1_024);
    expect(heavy).toEqual([]);
  });

  it("is a line of the table for each entity", () => {
    const size = { entity: "order", written: 3, median: 700, most: 900, largest: 1_200 };
    expect(sizesTable([size]).split("\n").at(-1)).toBe("| `order` | 3 | 700 | 900 | 1200 |");
  });
});

describe("the table of API versions", () => {
  it("goes from the newest version to the oldest", () => {
    const moved = { page: "It moved", object: "a, b", before: "one", after: null };
    const changes = [
      { ...moved, since: "2022-11-15" },
      { ...moved, since: "2025-03-31.basil" },
    ];
    const text = apiVersions(changes, []);
    expect(text.indexOf("2025-03-31.basil")).toBeLessThan(text.indexOf("2022-11-15"));
    expect(text).toContain("| `a`, `b` | one | gone | It moved |");
  });
});

describe("a Markdown table", () => {
  it("leaves out a column without a word, and no other", () => {
    expect(
      table(
        ["A", "B", "C"],
        [
          ["1", "", ""],
          ["2", "", "|"],
        ],
      ),
    ).toBe("| A | C |\n| --- | --- |\n| 1 |  |\n| 2 | \\| |");
  });
});
