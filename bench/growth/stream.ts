// In which order the events of several customers come.

export type Mix = {
  /** How many customers' events come side by side; the next ones follow when these are done. */
  customers: number;
  /** How many events of one come before the next one's. */
  together: number;
};

/** All events of lives that are equally long; each life's in its own order. */
export function interleaved(lives: string[][], { customers, together }: Mix): string[] {
  return inPieces(lives, customers).flatMap((group) => sideBySide(group, together));
}

function sideBySide(lives: string[][], together: number): string[] {
  const pieces = lives.map((life) => inPieces(life, together));
  return (pieces[0] ?? []).flatMap((_, turn) => pieces.flatMap((ofOne) => ofOne[turn] ?? []));
}

export function inPieces<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, piece) =>
    list.slice(piece * size, (piece + 1) * size),
  );
}
