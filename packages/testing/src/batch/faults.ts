// Which fault strikes which invocation of a simulated batch.
import type { InvocationFault } from "../local/lambda/faults.ts";

/** A fault by its name, at an invocation or at the first invocations that bring a message. */
export type BatchFault = { fault: InvocationFault } & (
  | {
      /** Its number; the first is 1. */
      invocation: number;
    }
  | {
      /** The id that the message had in the batch. */
      message: string;
      /** Of its invocations: 1 where it is not given, `Infinity` for each. */
      times?: number;
    }
);

type Planned = { told: BatchFault; left: number; struck: number };

export type FaultPlan = Planned[];

/** @throws RangeError for a message that is not in the batch, and for a number that no invocation has */
export function planFaults(told: readonly BatchFault[], messages: ReadonlySet<string>): FaultPlan {
  for (const fault of told) check(fault, messages);
  return told.map((fault) => ({ told: fault, left: timesOf(fault), struck: 0 }));
}

function check(fault: BatchFault, messages: ReadonlySet<string>): void {
  if ("message" in fault) {
    if (messages.has(fault.message)) return;
    throw new RangeError(`The fault ${fault.fault} is for ${fault.message}, which is not in the batch.`);
  }
  if (Number.isInteger(fault.invocation) && fault.invocation >= 1) return;
  throw new RangeError(`The fault ${fault.fault} is for invocation ${fault.invocation}; the first is 1.`);
}

function timesOf(fault: BatchFault): number {
  return "message" in fault ? (fault.times ?? 1) : 1;
}

/** The first of the plan that is meant for this invocation and not used up: it strikes. */
export function strike(
  plan: FaultPlan,
  invocation: number,
  messages: readonly string[],
): InvocationFault | undefined {
  const planned = plan.find(({ told, left }) => left > 0 && isMeant(told, invocation, messages));
  if (planned === undefined) return undefined;
  planned.left -= 1;
  planned.struck += 1;
  return planned.told.fault;
}

function isMeant(told: BatchFault, invocation: number, messages: readonly string[]): boolean {
  return "message" in told ? messages.includes(told.message) : told.invocation === invocation;
}

/** Those that have not struck once. */
export function unstruck(plan: FaultPlan): BatchFault[] {
  return plan.filter(({ struck }) => struck === 0).map(({ told }) => told);
}
