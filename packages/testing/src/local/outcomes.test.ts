import { describe, expect, it } from "vitest";
import { outcomes } from "./outcomes.ts";

const line = (told: object) => JSON.stringify(told);

describe("the outcomes that log lines tell", () => {
  it("count a message once, with the end that it had first", () => {
    const read = outcomes();
    read.read(line({ messageId: "msg_1", origin: "msg_1", outcome: "applied" }));
    read.read(line({ messageId: "msg_1", origin: "msg_1", outcome: "duplicate" }));
    expect([read.settled(), read.count("applied"), read.count("duplicate")]).toEqual([1, 1, 0]);
  });

  it("count a message that was moved as the message it was, should both come to an end", () => {
    const read = outcomes();
    read.read(line({ messageId: "msg_1", origin: "msg_1", outcome: "retried" }));
    read.read(line({ messageId: "msg_2", origin: "msg_1", outcome: "applied" }));
    read.read(line({ messageId: "msg_1", origin: "msg_1", outcome: "duplicate" }));
    expect([read.settled(), read.count("applied"), read.retries()]).toEqual([1, 1, 1]);
  });

  it("count a message that was redriven by what became of it then", () => {
    const read = outcomes();
    read.read(line({ origin: "msg_1", outcome: "parked", reason: "defect" }));
    read.read(line({ origin: "msg_1", outcome: "applied" }));
    read.read(line({ origin: "msg_1", outcome: "duplicate" }));
    expect([read.settled(), read.count("parked"), read.count("applied")]).toEqual([1, 0, 1]);
  });

  it("count what was parked by its reason", () => {
    const read = outcomes();
    for (const [origin, reason] of [
      ["a", "crash"],
      ["b", "defect"],
      ["c", "crash"],
    ]) {
      read.read(line({ origin, outcome: "parked", reason }));
    }
    expect(read.parkedReasons()).toEqual({ crash: 2, defect: 1 });
  });

  it("leave other lines to whoever reads on", () => {
    const read = outcomes();
    expect([read.read("plain"), read.read("{"), read.read(line({ level: "WARN" }))]).toEqual([
      false,
      false,
      false,
    ]);
    expect(read.settled()).toBe(0);
  });
});
