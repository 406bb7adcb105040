// How SST bundles the functions; what measures the bundles asks here too.

/**
 * SST minifies only where it is told so, whatever its documentation says of the default, and keeps the names of
 * functions, which costs a call for each closure that is made. What is imported dynamically, the Stripe SDK and the SQS
 * client, is in files of its own, which a cold start does not load.
 */
export const BUNDLING = { minify: true, splitting: true, esbuild: { keepNames: false } };
