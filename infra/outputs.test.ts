import { expect, it } from "vitest";
import { LIVE_SOURCE, personal, production, STAGES } from "./fixtures/stages.ts";

it.each(Object.entries(STAGES))("a %s stage shows its table and queues", async (_, graph) => {
  const made = await graph();
  expect(made.outputs).toMatchObject({
    table: made.one("dynamodb/table:Table", "TableTable").inputs.name,
    lanes: made.one("sqs/queue:Queue", "LanesQueue").outputs.url,
    parked: made.one("sqs/queue:Queue", "ParkedQueue").outputs.url,
  });
});

it("a stage shows where it is, whose events it takes and by what source, as all of them decide what it is", async () => {
  expect((await production()).outputs).toMatchObject({
    region: "us-east-1",
    mode: "live",
    source: LIVE_SOURCE,
  });
  expect((await personal()).outputs).toMatchObject({ region: "us-east-1", mode: "test", source: "none" });
});

it("a stage shows whom its alarms tell", async () => {
  expect((await production()).outputs.alarms).toBe("on-call@example.com");
  expect((await personal()).outputs.alarms).toBe("The alarms tell nobody: set alarmEmail.");
});
