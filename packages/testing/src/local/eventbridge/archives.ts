// Archives: the events of a bus that match a pattern, kept for some days.
import { archiveArn } from "./arn.ts";
import { busNamed } from "./buses.ts";
import { alreadyExists, notFound } from "./errors.ts";
import type { EventBridgeEvent } from "./event.ts";
import { flatten } from "./flat.ts";
import { numberBetween, optionalText, requiredName, requiredText } from "./input.ts";
import { compile, matches } from "./pattern.ts";
import type { Archive, Bus, EventBridgeState, Operation } from "./state.ts";

const MAX_NAME_LENGTH = 48;
const DAY = 86_400_000;

/**
 * "CreateArchive", enabled at once. Throws ResourceAlreadyExistsException, ResourceNotFoundException for the bus,
 * and InvalidEventPatternException; RetentionDays of 0 keeps events for ever.
 */
export const createArchive: Operation = ({ state, now }, input) => {
  const name = requiredName(input, "ArchiveName", MAX_NAME_LENGTH);
  if (state.archives.has(name)) throw alreadyExists(`Archive ${name}`);
  const eventPattern = optionalText(input, "EventPattern");
  state.archives.set(name, {
    name,
    bus: busNamed(state, requiredText(input, "EventSourceArn")).name,
    description: optionalText(input, "Description"),
    eventPattern,
    pattern: eventPattern === undefined ? undefined : compile(eventPattern),
    retentionDays: numberBetween(input, "RetentionDays", [0, Number.MAX_SAFE_INTEGER], 0),
    createdAt: now,
    events: [],
  });
  return { ArchiveArn: archiveArn(name), State: "ENABLED", CreationTime: now / 1000 };
};

/** "DescribeArchive", with exact counts; times in seconds since the epoch. Throws ResourceNotFoundException. */
export const describeArchive: Operation = ({ state, now }, input) => {
  const archive = archiveNamed(state, requiredText(input, "ArchiveName"));
  dropExpired(archive, now);
  const { name, bus, description, eventPattern, retentionDays, createdAt, events } = archive;
  return {
    ArchiveArn: archiveArn(name),
    ArchiveName: name,
    EventSourceArn: busNamed(state, bus).arn,
    ...(description !== undefined && { Description: description }),
    ...(eventPattern !== undefined && { EventPattern: eventPattern }),
    State: "ENABLED",
    RetentionDays: retentionDays,
    SizeBytes: events.reduce((size, { event }) => size + JSON.stringify(event).length, 0),
    EventCount: events.length,
    CreationTime: createdAt / 1000,
  };
};

/** "DeleteArchive", with its events; a replay that runs goes on. Throws ResourceNotFoundException. */
export const deleteArchive: Operation = ({ state }, input) => {
  state.archives.delete(archiveNamed(state, requiredText(input, "ArchiveName")).name);
  return {};
};

/** Keeps the event in every archive of the bus whose pattern it matches. */
export function archive(state: EventBridgeState, bus: Bus, event: EventBridgeEvent, at: number) {
  for (const { bus: source, pattern, events } of state.archives.values()) {
    if (source !== bus.name) continue;
    if (!pattern || matches(pattern, flatten(event))) events.push({ event, at });
  }
}

/** Throws ResourceNotFoundException when there is none of that name. */
export function archiveNamed(state: EventBridgeState, name: string): Archive {
  const archive = state.archives.get(name);
  if (!archive) throw notFound(`Archive ${name} does not exist.`);
  return archive;
}

/** Forgets the events that are older than the archive's retention; `now` in milliseconds since the epoch. */
export function dropExpired(archive: Archive, now: number) {
  if (archive.retentionDays === 0) return;
  const oldest = now - archive.retentionDays * DAY;
  archive.events = archive.events.filter(({ at }) => at >= oldest);
}
