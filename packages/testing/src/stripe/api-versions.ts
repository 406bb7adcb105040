// The API versions that the simulated Stripe is tried in: each has shapes of its own, or is one that many still use.

export const API_VERSIONS = [
  "2020-08-27",
  "2022-11-15",
  "2023-10-16",
  "2024-09-30.acacia",
  "2025-03-31.basil",
  "2025-09-30.clover",
  "2026-09-30.endive",
  "2026-10-28.endive",
] as const;

export const NEWEST_API_VERSION = "2026-10-28.endive";
