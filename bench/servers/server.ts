// Who answers a contender: what it is to be told between the warm-up and what is measured, and what it counts.

/** What was asked since the last reset; null is what this server does not count. */
export type Asked = {
  requests: number | null;
  readUnits: number | null;
  writeUnits: number | null;
};

export type Server = {
  url: string;
  /** Milliseconds that each request takes longer from now on. */
  setLatency(milliseconds: number): Promise<void>;
  /** Counts from zero again. */
  reset(): Promise<void>;
  asked(): Promise<Asked>;
  /** Why it refused a request, where it did; nobody else would know. */
  refusal(): Promise<string | null>;
  close(): Promise<void>;
};
