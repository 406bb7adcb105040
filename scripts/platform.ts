// `npm run platform` installs SST's platform, without which nothing of infra/ can be checked or shown, and Lambda's own
// runtime, which a test of what functions log runs.
import { readArguments } from "@stripe-lanes/ops/arguments";
import { runCommand } from "@stripe-lanes/ops/command";
import { readyPlatform, sstVersion } from "./graph/platform.ts";
import { readyRuntime } from "./lambda-runtime/runtime.ts";

const SUCCESS = 0;
const FAILURE = 1;

const USAGE = `npm run platform

Installs the SST platform into .sst/platform where it is missing or of another version, and for the tests Lambda's own
runtime into node_modules/.cache.`;

async function platform(args: string[]): Promise<number> {
  readArguments("npm run platform --", args, {});
  try {
    await readyPlatform();
    await readyRuntime();
    console.log(`SST ${sstVersion()}'s platform is in .sst/platform.`);
    return SUCCESS;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return FAILURE;
  }
}

process.exitCode = await runCommand({ usage: USAGE, run: platform }, process.argv.slice(2));
