// `npm run platform` installs SST's platform, without which nothing of infra/ can be checked or shown.
import { readyPlatform, sstVersion } from "./graph/platform.ts";

try {
  await readyPlatform();
  console.log(`SST ${sstVersion()}'s platform is in .sst/platform.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
