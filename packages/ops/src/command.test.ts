import { describe, expect, it } from "vitest";
import { runCommand } from "./command.ts";
import { recordConsole } from "./fixtures/console.ts";
import { Mistake } from "./mistake.ts";

async function called(run: (args: string[]) => number, ...args: string[]) {
  const said = recordConsole();
  const code = await runCommand({ usage: "how to use it", run }, args);
  return { code, out: said.out(), err: said.err() };
}

const refusing = () => {
  throw new Mistake("This is wrong.");
};

describe("a command", () => {
  it.each([["-h"], ["--help"], ["help"], ["list", "--json", "--help"]])(
    "says how to use it for %j %j %j, whatever else is said",
    async (...args) => {
      expect(await called(refusing, ...args)).toEqual({ code: 0, out: "how to use it", err: "" });
    },
  );

  it.each(["-v", "--version"])("says its version for %s", async (option) => {
    expect(await called(refusing, option)).toEqual({ code: 0, out: "stripe-lanes 0.1.0", err: "" });
  });

  it("gives 2 and one sentence for a usage error, and else what its work gives", async () => {
    expect(await called(refusing)).toEqual({ code: 2, out: "", err: "This is wrong." });
    expect(await called((args) => args.length, "show", "help", "it")).toEqual({ code: 3, out: "", err: "" });
  });
});
