// Where the time goes and what is allocated, as files that a browser's developer tools or an editor show.
import { writeFileSync } from "node:fs";
import { Session } from "node:inspector/promises";
import { join } from "node:path";

/** Does the work, and writes NAME.cpuprofile and NAME.heapprofile of it where a folder is told. */
export async function profiled<T>(
  { folder, name }: { folder: string | undefined; name: string },
  work: () => Promise<T>,
): Promise<T> {
  if (folder === undefined) return work();
  const session = new Session();
  session.connect();
  await session.post("Profiler.enable");
  await session.post("Profiler.start");
  await session.post("HeapProfiler.startSampling", EVERYTHING);
  const done = await work();
  const cpu = await session.post("Profiler.stop");
  const heap = await session.post("HeapProfiler.stopSampling");
  session.disconnect();
  writeFileSync(join(folder, `${name}.cpuprofile`), JSON.stringify(cpu.profile));
  writeFileSync(join(folder, `${name}.heapprofile`), JSON.stringify(heap.profile));
  return done;
}

/** Also what is not there any more when it ends. */
const EVERYTHING = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
