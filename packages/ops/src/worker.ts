// The worker as the local Lambda runs it: the same module as on AWS; only its environment is local.

/** By its URL, since nothing imports functions. */
export const WORKER = {
  module: new URL(import.meta.resolve("@stripe-lanes/functions/worker")),
  export: "handler",
};
