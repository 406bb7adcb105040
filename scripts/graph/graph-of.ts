// A stage's graph: every resource that a deployment would make, from SST's own platform, without an account.
import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Mistake } from "@stripe-lanes/ops/mistake";
import { once } from "./once.ts";
import { ROOT, readyPlatform } from "./platform.ts";
import type { Resource, Told } from "./resource.ts";

export type GraphOptions = {
  /** The folder of sst.config.ts, this project's by default. */
  root?: string;
  /** What the program finds in its environment besides what any program needs, such as STAGE_SETTINGS. */
  env?: Record<string, string>;
};

/** What would make a graph depend on the machine it is made on. */
const OWN = /^(AWS_|SST_|PULUMI_|NODE_OPTIONS$|NODE_V8_COVERAGE$|STAGE_SETTINGS$|VITEST)/;

const PROGRAM = fileURLToPath(new URL("program.ts", import.meta.url));

/** @throws Error with the sentence of whoever refused: SST, sst.config.ts, or what it runs */
export async function graphOf(
  stage: string,
  { root = ROOT, env = {} }: GraphOptions = {},
): Promise<Resource[]> {
  checkStage(stage);
  return once([root, stage, env], () => make(stage, root, env));
}

async function make(stage: string, root: string, env: Record<string, string>): Promise<Resource[]> {
  const platform = await readyPlatform(root);
  const scratch = await mkdtemp(join(platform, "graph-"));
  try {
    return await runProgram([root, platform, scratch, stage], env);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** As SST's CLI does before anything else. */
function checkStage(stage: string): void {
  if (/^[a-z0-9-]+$/i.test(stage)) return;
  throw new Mistake(`A stage's name has only letters, digits and hyphens, as in my-stage: not "${stage}".`);
}

function runProgram(args: string[], env: Record<string, string>): Promise<Resource[]> {
  const child = fork(PROGRAM, args, {
    env: { ...environment(), ...env },
    execArgv: ["--enable-source-maps", "--no-warnings"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  let told: Told | undefined;
  const output = { out: "", err: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    output.out += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    output.err += text;
  });
  child.on("message", (message: Told) => {
    told = message;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject).on("close", () => {
      if (told && "resources" in told) {
        warn(output.err);
        return resolve(told.resources);
      }
      const { out, err } = output;
      reject(new Error(told?.mistake ?? `The program of ${args.at(-1)} ended early.\n${out}${err}`));
    });
  });
}

/** What a deployment would write to stderr as well. */
function warn(text: string): void {
  if (text !== "") process.stderr.write(text);
}

function environment(): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !OWN.test(name)));
}
