// `dlq export`: whole parked messages as JSON lines, in a file or on standard output.
import { Mistake } from "../mistake.ts";
import { type CopyFile, copyFile, copyOf } from "./copy.ts";
import { deadLetters } from "./dead-letters.ts";
import { matches, missingIds, notParked } from "./filter.ts";
import type { Options } from "./options.ts";
import type { Parked } from "./parked.ts";
import type { Stage } from "./stage.ts";
import { walk } from "./walk.ts";

const SUCCESS = 0;
const FAILURE = 1;

/** What is said goes to standard error: the messages may go to standard output. */
export async function exportCommand(stage: Stage, options: Options, signal: AbortSignal): Promise<number> {
  const { filter, to = "-" } = options;
  const file = to === "-" ? undefined : copyFile("--to", to);
  const letters = deadLetters(stage);
  const exported: Parked[] = [];
  const now = Date.now();
  try {
    for await (const fresh of walk(letters, { signal, goesDeeper: () => true })) {
      const wanted = fresh.filter((parked) => matches(filter, parked, now));
      write(file, wanted);
      exported.push(...wanted);
    }
  } finally {
    file?.close();
    if (exported.length > 0) console.error(endText(exported, file));
  }
  return endOf(options, exported, signal);
}

function endOf({ filter }: Options, exported: Parked[], { aborted }: AbortSignal): number {
  const missing = missingIds(filter, exported);
  if (missing.length > 0 && exported.length === 0) throw new Mistake(notParked(missing));
  if (exported.length === 0) console.error("Nothing to export.");
  if (missing.length > 0) console.error(notParked(missing));
  if (aborted) console.error("It was interrupted: there may be more.");
  return missing.length > 0 ? FAILURE : SUCCESS;
}

function write(file: CopyFile | undefined, messages: Parked[]): void {
  if (messages.length === 0) return;
  if (file !== undefined) file.append(messages);
  else for (const parked of messages) console.log(copyOf(parked));
}

function endText(exported: Parked[], file: CopyFile | undefined): string {
  const where = file === undefined ? "" : ` to ${file.path}`;
  return `Exported ${exported.length} messages${where}, whole and unmasked: they hold your customers' data.`;
}
