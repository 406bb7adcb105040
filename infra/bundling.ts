// How SST bundles the worker; what measures the bundle asks here too.

/** The Stripe SDK and the SQS client, which few batches need, are in files of their own: a cold start loads neither. */
export const BUNDLING = { splitting: true };
