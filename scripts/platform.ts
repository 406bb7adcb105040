// `npm run platform` installs SST's platform, without which nothing of infra/ can be checked or shown.
import { readArguments } from "@stripe-lanes/ops/arguments";
import { runCommand } from "@stripe-lanes/ops/command";
import { readyPlatform, sstVersion } from "./graph/platform.ts";

const SUCCESS = 0;
const FAILURE = 1;

const USAGE = `npm run platform

Installs the SST platform into .sst/platform where it is missing or of another version.`;

async function platform(args: string[]): Promise<number> {
  readArguments("npm run platform --", args, {});
  try {
    await readyPlatform();
    console.log(`SST ${sstVersion()}'s platform is in .sst/platform.`);
    return SUCCESS;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return FAILURE;
  }
}

process.exitCode = await runCommand({ usage: USAGE, run: platform }, process.argv.slice(2));
