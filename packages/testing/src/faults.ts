// A store that fails as it is told, in front of one that does not.
import { Conflict, Defect, Unavailable } from "@stripe-lanes/core/errors";
import type { Key } from "@stripe-lanes/core/keys";
import type { Store } from "@stripe-lanes/core/store";

/** The calls that can fail: those that handling a batch makes. */
export type StoreCall = {
  operation: "load" | "commit" | "note" | "withdraw" | "probe";
  /** Its number among the calls of this operation, from 1. */
  nth: number;
  /** What is read, or everything that is written. */
  keys: Key[];
  /** Of a load. */
  consistent?: boolean;
};

/** `after`: it happened, and the answer was lost. `crash`: the process ends there, and nothing more is heard of it. */
export type StoreFault =
  | { when: "before" | "after"; error: Error }
  | { when: "before" | "after"; crash: true };

/** Asked once a call; no answer means that nothing goes wrong. */
export type StoreFaults = (call: StoreCall) => StoreFault | undefined;

type Faulty = {
  store: Store;
  /** In the order they were made. */
  calls: StoreCall[];
  /** Settles when a fault has ended the process. */
  crashed: Promise<void>;
};

export function faultyStore(store: Store, faults: StoreFaults): Faulty {
  const calls: StoreCall[] = [];
  const end = Promise.withResolvers<void>();
  const run = async <T>(about: Omit<StoreCall, "nth">, call: () => Promise<T>): Promise<T> => {
    const nth = calls.filter(({ operation }) => operation === about.operation).length + 1;
    calls.push({ ...about, nth });
    const fault = faults({ ...about, nth });
    if (fault?.when === "before") return fail(fault, end.resolve);
    const answer = await call();
    return fault === undefined ? answer : fail(fault, end.resolve);
  };
  return { store: { ...store, ...failing(store, run) }, calls, crashed: end.promise };
}

type Run = <T>(about: Omit<StoreCall, "nth">, call: () => Promise<T>) => Promise<T>;

function failing(store: Store, run: Run): Pick<Store, StoreCall["operation"]> {
  return {
    load: (keys, options) =>
      run({ operation: "load", keys, consistent: options.consistent }, () => store.load(keys, options)),
    commit(changes, now) {
      const keys = [...changes.rows, ...changes.ledger, ...changes.moves].map(({ key }) => key);
      return run({ operation: "commit", keys }, () => store.commit(changes, now));
    },
    note: (entry, start, now) =>
      run({ operation: "note", keys: [entry.key] }, () => store.note(entry, start, now)),
    withdraw: (key, start, now) =>
      run({ operation: "withdraw", keys: [key] }, () => store.withdraw(key, start, now)),
    probe: (now) => run({ operation: "probe", keys: [] }, () => store.probe(now)),
  };
}

function fail(fault: StoreFault, crash: () => void): Promise<never> {
  if ("error" in fault) return Promise.reject(fault.error);
  crash();
  return new Promise(() => {});
}

export const conflict = refusal(new Conflict("Another writer was faster, the test says."));
export const unavailable = refusal(new Unavailable("The store is down, the test says."));
export const defect = refusal(new Defect("The store refuses this for what it is, the test says."));
export const answerLost: StoreFault = { ...unavailable, when: "after" };
export const crash: StoreFault = { when: "before", crash: true };
export const crashAfter: StoreFault = { when: "after", crash: true };

function refusal(error: Error): { when: "before"; error: Error } {
  return { when: "before", error };
}

/** At the calls of one operation that have these numbers, from 1; at all of them where none is given. */
export function at(fault: StoreFault, operation: StoreCall["operation"], ...numbers: number[]): StoreFaults {
  return (call) => {
    const isMeant = numbers.length === 0 || numbers.includes(call.nth);
    return call.operation === operation && isMeant ? fault : undefined;
  };
}

/** At every commit that writes one of these keys. */
export function atKeys(fault: StoreFault, isMeant: (key: Key) => boolean): StoreFaults {
  return ({ operation, keys }) => (operation === "commit" && keys.some(isMeant) ? fault : undefined);
}

/** The first that goes wrong. */
export function anyOf(...all: StoreFaults[]): StoreFaults {
  return (call) => all.map((faults) => faults(call)).find((fault) => fault !== undefined);
}
