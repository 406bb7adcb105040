// What falls due later, and when: a queue of tasks in the order of their time, and Stripe's billing periods.

/** `at` in seconds since the epoch. */
export type Task = { at: number; run: () => void };

export type Calendar = {
  add(task: Task): void;
  /** Takes the first task that is due by then; of one second's tasks, the one that was added first. */
  take(until: number): Task | undefined;
  /** When the first task is due; Infinity where there is none. */
  nextAt(): number;
};

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

export function calendar(): Calendar {
  // Latest first, so that taking the next task moves nothing.
  const tasks: Task[] = [];
  return {
    add: (task) => void tasks.splice(placeOf(tasks, task.at), 0, task),
    take(until) {
      const next = tasks.at(-1);
      return next !== undefined && next.at <= until ? tasks.pop() : undefined;
    },
    nextAt: () => tasks.at(-1)?.at ?? Number.POSITIVE_INFINITY,
  };
}

/** The first place whose task is not later than `at`. */
function placeOf(tasks: readonly Task[], at: number): number {
  let [low, high] = [0, tasks.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((tasks[middle] as Task).at > at) low = middle + 1;
    else high = middle;
  }
  return low;
}

export type Interval = "day" | "week" | "month" | "year";

export type Period = { readonly start: number; readonly end: number };

/** The time so many intervals after `anchor`; a month that is too short ends on its last day. */
export function intervalsAfter(anchor: number, interval: Interval, count: number): number {
  if (interval === "day") return anchor + count * DAY;
  if (interval === "week") return anchor + count * 7 * DAY;
  return monthsAfter(anchor, interval === "year" ? 12 * count : count);
}

function monthsAfter(anchor: number, count: number): number {
  const date = new Date(anchor * 1000);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + count);
  date.setUTCDate(Math.min(day, daysInMonth(date)));
  return date.getTime() / 1000;
}

function daysInMonth(date: Date): number {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
}
