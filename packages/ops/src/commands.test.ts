import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

/** Every command of package.json that takes options, by what is typed before them. */
const COMMANDS: [typed: string, script: string][] = [
  ["npm start --", "packages/ops/src/start.ts"],
  ["npm run sim --", "packages/ops/src/sim/start.ts"],
  ["npm run dlq --", "packages/ops/src/dlq/start.ts"],
  ["npm run bench --", "bench/start.ts"],
  ["npm run cost --", "bench/cost/start.ts"],
  ["npm run fuzz --", "scripts/fuzz.ts"],
  ["npm run graph --", "scripts/graph.ts"],
  ["npm run docs --", "scripts/docs.ts"],
  ["npm run platform --", "scripts/platform.ts"],
  ["npm run dictionary --", "scripts/dictionary.ts"],
];

type Ended = { code: number | null; out: string; err: string };

function run(script: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = spawn(process.execPath, [script, ...args], { cwd: ROOT, env: { ...process.env, ...env } });
  const ended = { out: "", err: "" };
  child.stdin.end();
  child.stdout.on("data", (chunk) => {
    ended.out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    ended.err += chunk;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve({ ...ended, code })));
}

describe.each(COMMANDS)("%s", (typed, script) => {
  it("refuses an unknown option in one sentence, with exit code 2", async () => {
    const { code, out, err } = await run(script, ["--no-such-thing"]);
    expect(err).toBe(`Unknown option '--no-such-thing'. See ${typed} --help.\n`);
    expect({ code, out }).toEqual({ code: 2, out: "" });
  });

  it("says with -h what it takes, and does nothing else", async () => {
    const { out, ...ended } = await run(script, ["-h"]);
    expect(ended).toEqual({ code: 0, err: "" });
    expect(out.startsWith(typed.replace(/ --$/, ""))).toBe(true);
  });
});

describe("any command", () => {
  it("tells its version", async () => {
    const { code, out } = await run("packages/ops/src/dlq/start.ts", ["--version"]);
    expect({ code, out }).toEqual({ code: 0, out: "stripe-lanes 0.1.0\n" });
  });

  it("says what to type where npm kept the options for itself", async () => {
    const env = { npm_lifecycle_event: "graph", npm_config_stage: "true", npm_config_json: "true" };
    const { code, err } = await run("scripts/graph.ts", ["production"], env);
    expect(err).toBe(
      "npm kept --stage and --json for itself; type: npm run graph -- --stage production --json\n",
    );
    expect(code).toBe(2);
  });

  it("does without an argument only what its name says", async () => {
    const { code, err } = await run("scripts/dictionary.ts", []);
    expect(err).toBe("Say which version of the dictionary this is to be: npm run dictionary -- 2\n");
    expect(code).toBe(2);
  });
});
