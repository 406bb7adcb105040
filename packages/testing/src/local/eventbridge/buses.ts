// Event buses: the default one, custom ones, and partner buses that take a partner's events.
import { DEFAULT_BUS, nameIn } from "./arn.ts";
import { alreadyExists, invalid, notFound, violated } from "./errors.ts";
import { type Input, optionalText, requiredText, withinLength } from "./input.ts";
import { page } from "./page.ts";
import { type Bus, type EventBridgeState, newBus, type Operation } from "./state.ts";

const PARTNER = "aws.partner/";
const MAX_NAME_LENGTH = 256;

/**
 * "CreateEventBus". A partner's bus has the name of its event source. Throws ResourceAlreadyExistsException, and
 * ValidationException for a malformed name.
 */
export const createEventBus: Operation = ({ state, now }, input) => {
  const name = checkedBusName(requiredText(input, "Name"), optionalText(input, "EventSourceName"));
  if (state.buses.has(name)) throw alreadyExists(`Event bus ${name}`);
  const description = optionalText(input, "Description");
  const bus = newBus({ name, description, createdAt: now, partner: name.startsWith(PARTNER) });
  state.buses.set(name, bus);
  return { EventBusArn: bus.arn, ...(description !== undefined && { Description: description }) };
};

/**
 * "DeleteEventBus". Throws ValidationException for the default bus and for one with rules,
 * ResourceNotFoundException for none.
 */
export const deleteEventBus: Operation = ({ state }, input) => {
  const name = requiredText(input, "Name");
  if (name === DEFAULT_BUS) throw invalid(`Cannot delete event bus ${name}.`);
  const bus = busNamed(state, name);
  if (bus.rules.size > 0) throw invalid(`Event bus ${name} can't be deleted since it has rules.`);
  state.buses.delete(bus.name);
  return {};
};

/** "DescribeEventBus", of the default bus unless one is named; times in seconds since the epoch. */
export const describeEventBus: Operation = ({ state }, input) =>
  described(busNamed(state, optionalText(input, "Name")));

/** "ListEventBuses", page by page. */
export const listEventBuses: Operation = ({ state }, input) => {
  const { page: buses, ...next } = page(input, state.buses);
  return { EventBuses: buses.map(described), ...next };
};

/** The bus of a request that names none is the default one. */
export function busNamed(state: EventBridgeState, nameOrArn: string | undefined): Bus {
  const name = nameIn(nameOrArn ?? DEFAULT_BUS);
  const bus = state.buses.get(name);
  if (!bus) throw notFound(`Event bus ${name} does not exist.`);
  return bus;
}

/** The bus that a request is about. Throws ResourceNotFoundException. */
export function busOf(state: EventBridgeState, input: Input): Bus {
  return busNamed(state, optionalText(input, "EventBusName"));
}

function checkedBusName(name: string, eventSource: string | undefined): string {
  withinLength(name, "name", MAX_NAME_LENGTH);
  if (!/^[/.\-_A-Za-z0-9]+$/.test(name)) {
    throw violated(name, "name", "satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+");
  }
  if (eventSource === undefined && name.includes("/")) throw invalid("Event bus name must not contain '/'.");
  if (eventSource === undefined) return name;
  if (eventSource === name && name.startsWith(PARTNER)) return name;
  throw invalid(`A partner event bus must have the name of its event source, which starts with ${PARTNER}`);
}

function described({ name, arn, description, createdAt }: Bus) {
  const created = createdAt / 1000;
  const times = { CreationTime: created, LastModifiedTime: created };
  return { Name: name, Arn: arn, ...(description !== undefined && { Description: description }), ...times };
}
