// What comes in and cannot be handled: as it is, or by the code that is deployed.
import type { ParkReason } from "@stripe-lanes/core/errors";
import { isLedgerKey, type Key, partition } from "@stripe-lanes/core/keys";
import type { ParkNote } from "@stripe-lanes/core/ports";
import type { StripeEvent } from "../stripe/event.ts";
import { TENANT, type World } from "./world.ts";

export type BadInputs = {
  /** What comes with an event; the event itself may be made bad for the code that is deployed. */
  beside(event: StripeEvent): object[];
  /** Whether a message was made so that it must be parked, and for this reason. */
  deserves(note: Pick<ParkNote, "eventId" | "reason">): boolean;
  /** What the code of a release does when it reads a key: an event is known by that of its ledger row. */
  effectOf(key: Key, release: number): "throws" | "kills" | undefined;
  /** The code that is deployed from now on does with everything before what it should. */
  fix(): void;
  release(): number;
  /** Whether one of these keys is of a customer whose rows cannot be written now. */
  isUnwritable(keys: readonly Key[]): boolean;
  /** How many messages can never be handled, whatever the code. */
  hopeless(): number;
};

type Flaw = { effect: "throws" | "kills"; fixedIn: number };

/** What has no event id that a worker could tell. */
const UNREADABLE: readonly ParkReason[] = ["not-an-event", "too-large"];

const KILOBYTES = 1024;
const HOUR = 3_600_000;

export function badInputs(world: World): BadInputs {
  const flaws = new Map<string, Flaw>();
  const reasons = new Map<string, ParkReason>();
  const customers: Customers = new Map();
  let release = 0;
  let hopeless = 0;
  const never = (id: string, reason: ParkReason) => {
    hopeless += 1;
    reasons.set(id, reason);
  };
  const flaw = (event: StripeEvent, effect: Flaw["effect"], reason: ParkReason) => {
    reasons.set(event.id, reason);
    flaws.set(event.id, { effect, fixedIn: release + 1 });
  };
  return {
    beside(event) {
      if (world.chance.strikes("throws-our-code")) flaw(event, "throws", "defect");
      else if (world.chance.strikes("kills-the-process")) flaw(event, "kills", "crash");
      else turnBad(world, event, customers);
      return badBeside(world, event, never);
    },
    deserves: ({ eventId, reason }) =>
      eventId === undefined ? UNREADABLE.includes(reason) : reasons.get(eventId) === reason,
    effectOf(key, running) {
      const found = isLedgerKey(key) ? flaws.get(eventIn(key)) : undefined;
      return found && running < found.fixedIn ? found.effect : undefined;
    },
    fix() {
      release += 1;
    },
    release: () => release,
    isUnwritable: badCustomers(world, customers),
    hopeless: () => hopeless,
  };
}

/** The event that a ledger row is of: its id ends the key. */
export function eventIn({ sk }: Key): string {
  return sk.slice(sk.lastIndexOf("#") + 1);
}

/** Until when each partition cannot be written, in milliseconds. */
type Customers = Map<string, number>;

function turnBad(
  { chance, clock }: World,
  { account, data: { object } }: StripeEvent,
  customers: Customers,
): void {
  const { customer } = object;
  if (typeof customer !== "string" || !chance.strikes("bad-customer")) return;
  const hours = chance.of("bad-for").integer(6 * HOUR);
  customers.set(partition(account ?? TENANT, customer), clock.now() + hours);
}

function badCustomers({ chance, clock }: World, customers: Customers): BadInputs["isUnwritable"] {
  const isBad = ({ pk }: Key) => (customers.get(pk) ?? 0) > clock.now();
  return (keys) => !chance.isCalm() && keys.some(isBad);
}

function badBeside(
  world: World,
  event: StripeEvent,
  never: (id: string, reason: ParkReason) => void,
): object[] {
  const { chance } = world;
  const bad: object[] = [];
  const like = (name: string) => event.id.replace("evt_", `evt_${name}_`);
  if (chance.strikes("not-an-event")) {
    const id = like("broken");
    never(id, "not-an-event");
    bad.push({ id, object: "event", type: event.type, created: "yesterday", data: { object: null } });
  }
  if (chance.strikes("too-large")) {
    const id = like("large");
    never(id, "too-large");
    const description = "x".repeat(400 * KILOBYTES);
    bad.push({ ...event, id, data: { object: { ...event.data.object, description } } });
  }
  if (chance.strikes("wrong-mode")) {
    const id = like("mode");
    if (event.account === undefined) never(id, "wrong-mode");
    bad.push({ ...event, id, livemode: !event.livemode });
  }
  return bad;
}
