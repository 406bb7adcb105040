// What changes an object, as an API request that asks for it.
import type { StripeRecord } from "./records.ts";
import { requested, type Sandbox } from "./sandbox.ts";

/** Gives the id of the object that the request was about. */
export function asking(sandbox: Sandbox) {
  return <Args extends unknown[]>(run: (sandbox: Sandbox, ...args: Args) => StripeRecord) =>
    (...args: Args): string =>
      requested(sandbox, () => run(sandbox, ...args).id);
}
