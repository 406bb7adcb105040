import { describe, expect, it } from "vitest";
import type { StripeEvent } from "../stripe/event.ts";
import { planWith } from "./fixtures/finished.ts";
import { stripeOf } from "./source.ts";
import { linesAbout, traceOf } from "./trace.ts";

const plan = planWith({ seed: 4, events: 60, first: 60, chances: { "delivered-twice": 0.3 } });

describe("the trace of a history", () => {
  it("has a line for everything that happened, begun with the milliseconds", async () => {
    const lines = await traceOf(plan);
    expect(lines.length).toBeGreaterThan(200);
    for (const line of lines) expect(line).toMatch(/^\d+ \S/);
  });

  it("ends with the reason where the history broke off", async () => {
    const lines = await traceOf({ ...plan, lanes: 1 });
    expect(lines.at(-1)).toMatch(/^broke off: /);
  });
});

describe("the lines about somebody", () => {
  it("are those of an event that the sentence names, and of its messages", async () => {
    const lines = await traceOf(plan);
    const [, message, event] = lines.find((line) => line.includes(" applied "))?.split(" ") ?? [];
    const about = linesAbout(lines, `${event} has no outcome`, plan);
    expect(about.length).toBeGreaterThanOrEqual(4);
    for (const line of about) expect(line).toMatch(new RegExp(`${event}|${message}`));
    expect(about).toContainEqual(expect.stringMatching(`sent to .* as ${message}$`));
  });

  it("are those of a row's events where it names an object", async () => {
    const lines = await traceOf(plan);
    const { sandbox, steps } = stripeOf(plan);
    while (!steps.next().done);
    const { events } = sandbox;
    const id = events.find(({ type }) => type === "customer.created")?.data.object.id;
    const about = linesAbout(lines, `customer ${id} is missing`, plan);
    const isOfCustomer = ({ data: { object } }: StripeEvent) => object.id === id || object.customer === id;
    const delivered = about.flatMap((line) => / delivered (\S+)/.exec(line)?.[1] ?? []);
    expect(new Set(delivered)).toEqual(new Set(events.filter(isOfCustomer).map((event) => event.id)));
  });

  it("are all of them where the sentence names nobody, or nobody who is there", async () => {
    const lines = await traceOf(plan);
    expect(linesAbout(lines, "3 messages never came to an end", plan)).toBe(lines);
    expect(linesAbout(lines, "evt_nobody has no outcome", plan)).toBe(lines);
  });
});
