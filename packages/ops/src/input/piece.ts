// What an input is made of, piece by piece.

export type Piece = { line: number } & (
  | { kind: "document"; json: unknown; depth: number; isInLine: boolean }
  /** A line that is no JSON and does not look like it. */
  | { kind: "text" }
  /** What begins as JSON does and is none. */
  | { kind: "broken" }
  /** The beginning of a document whose end is missing. */
  | { kind: "cut"; text: string }
  /** A document that is longer than can be held. */
  | { kind: "long" }
);
