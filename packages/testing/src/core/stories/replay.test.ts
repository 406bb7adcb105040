// What the stories' proof stands on: that a replay notices what it should.
import { describe, expect, it } from "vitest";
import { customerDeleted, elevenAsked } from "./customer-stories.ts";
import { contentOf, replay, viewsOf } from "./replay.ts";
import { STORIES } from "./stories.ts";
import { halfFails } from "./ticket-stories.ts";

describe("a replay", () => {
  it("fails where an event is not settled", async () => {
    const live = halfFails.events.map((event) => ({ ...event, livemode: true }));
    await expect(replay(halfFails, live)).rejects.toThrow("An event of a story was not settled.");
  });

  it("takes batches of the size it is told", async () => {
    const sizes = [4, 2, 10];
    const store = await replay(halfFails, halfFails.events, () => sizes.shift() ?? 0);
    expect(sizes).toEqual([10]);
    expect(viewsOf(store).map(({ noun }) => noun)).toContain("payment");
  });

  it.each(STORIES)("tells apart what is left without the last event: $name", async (story) => {
    const whole = contentOf(await replay(story, story.events));
    expect(contentOf(await replay(story, story.events.slice(0, -1)))).not.toEqual(whole);
  });

  it("counts nothing that came back to zero", async () => {
    const nouns = viewsOf(await replay(customerDeleted, customerDeleted.events)).map(({ noun }) => noun);
    expect(nouns).not.toContain("stock");
  });

  it("asks Stripe where the story has answers", async () => {
    const views = viewsOf(await replay(elevenAsked, elevenAsked.events));
    expect(views.filter(({ via }) => via === "fetch").map(({ noun }) => noun)).toEqual(["entitlement"]);
  });
});

describe.each(STORIES)("the story in which $name", ({ events, rows }) => {
  it("has ids that count down, so that the greatest is not the last", () => {
    const ids = events.map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)].sort().reverse());
  });

  it("says of each update what it found, as Stripe does", () => {
    const updates = events.filter(({ type }) => type.endsWith(".updated"));
    expect(updates.filter(({ data }) => !Object.hasOwn(data as object, "previous_attributes"))).toEqual([]);
  });

  it("lists its rows by their names", () => {
    const names = rows.map(({ noun, id }) => `${noun} ${id}`);
    expect(names).toEqual([...names].sort());
  });
});
