// What of a production stage is billed whatever events come: as infra/ makes it, which a test compares.

/** Of the worker; the other designs are given as much. */
export const MEMORY_MEGABYTES = 512;

/** Messages of one invocation at the most. */
export const LARGEST_BATCH = 10;

/** For how many days logs are kept. */
export const LOG_DAYS = 30;

/** With the one that looks for hours without an event. Those on queries are billed by the metrics that they find. */
export const ALARMS = 14;

/** What queries find while every delivery succeeds: EventBridge counts no failure that did not happen. */
export const QUERIED_METRICS = 0;
