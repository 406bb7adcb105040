// Stack traces name the sources' files and lines instead of the bundle's. The maps lie beside the bundle and are read
// when the first stack is written down: Node's own flag reads all of them at each cold start.
import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { fileURLToPath } from "node:url";

const maps = new Map<string, SourceMap | undefined>();

/** @param bundle the URL of the running module; without a map beside it stacks stay as they are */
export function mapStacks(bundle: string): void {
  if (!existsSync(`${fileURLToPath(bundle)}.map`)) return;
  Error.prepareStackTrace = (error, frames) =>
    [headOf(error), ...frames.map((frame) => `    at ${sourceOf(String(frame))}`)].join("\n");
}

function headOf(error: Error): string {
  try {
    return String(error);
  } catch {
    return "Error";
  }
}

/** A frame with the place in the source, where a map knows it. */
function sourceOf(frame: string): string {
  return frame.replace(/(file:[^\s()]+):(\d+):(\d+)/, (place, url, line, column) => {
    const origin = mapOf(url)?.findOrigin(Number(line), Number(column));
    return origin && "fileName" in origin
      ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}`
      : place;
  });
}

/** Undefined where there is none: an error in here would hide the one that is told of. */
function mapOf(url: string): SourceMap | undefined {
  if (!maps.has(url)) maps.set(url, read(url));
  return maps.get(url);
}

function read(url: string): SourceMap | undefined {
  try {
    return new SourceMap(JSON.parse(readFileSync(`${fileURLToPath(url)}.map`, "utf8")));
  } catch {
    return undefined;
  }
}
