// What a function prints, or says, as whole lines in the order they were written.
import { StringDecoder } from "node:string_decoder";

export type Lines = {
  read(chunk: string | Uint8Array): void;
  /** Ends an unfinished line. */
  end(): void;
};

/** Splits at line feeds only: readline would also split at U+2028, which JSON may hold. */
export function linesOf(onLine: (line: string) => void): Lines {
  const decoder = new StringDecoder("utf8");
  let unfinished = "";

  const take = (text: string) => {
    const lines = (unfinished + text).split("\n");
    unfinished = lines.pop() ?? "";
    for (const line of lines) onLine(line);
  };
  return {
    read: (chunk) => take(typeof chunk === "string" ? chunk : decoder.write(Buffer.from(chunk))),
    end: () => {
      if (unfinished !== "") take("\n");
    },
  };
}

/**
 * Takes over `stream.write` itself, since consoles of a function's own (Powertools has one) write past a
 * patched `console`.
 */
export function captureOutput(stream: NodeJS.WriteStream, lines: Lines) {
  const write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
    lines.read(chunk);
    const written = rest.find((argument) => typeof argument === "function");
    if (written) process.nextTick(written as () => void);
    return true;
  };
  stream.write = write as NodeJS.WriteStream["write"];
}
