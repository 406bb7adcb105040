// Replays: an archive's events of a span of time, sent once more to the bus they came from.
import { createHash } from "node:crypto";
import { AwsError } from "../http.ts";
import { dropExpired } from "./archives.ts";
import { archiveArn, nameIn, replayArn } from "./arn.ts";
import { busNamed } from "./buses.ts";
import { wakeAt } from "./deliveries.ts";
import { alreadyExists, invalid, limitExceeded, notFound } from "./errors.ts";
import type { EventBridgeEvent } from "./event.ts";
import { type Input, optionalStructure, requiredName, requiredText, requiredTime, texts } from "./input.ts";
import { route } from "./route.ts";
import {
  type Archive,
  type ArchivedEvent,
  type Bus,
  type EventBridgeState,
  isActive,
  type Operation,
  type Replay,
  type Turn,
} from "./state.ts";

const MAX_NAME_LENGTH = 64;
const MAX_ACTIVE = 10;
const MINUTE = 60_000;
/** Events sent in one turn, so that a replay can be watched and cancelled. */
const STEP = 100;

/**
 * "StartReplay". Throws ValidationException for a span or bus that does not fit, ResourceAlreadyExistsException,
 * and LimitExceededException for an eleventh at one time.
 */
export const startReplay: Operation = (turn, input) => {
  const { state, now } = turn;
  const replay = newReplay(turn, input);
  if (state.replays.has(replay.name)) throw alreadyExists(`Replay ${replay.name}`);
  if ([...state.replays.values()].filter(isActive).length >= MAX_ACTIVE) throw limitExceeded();
  state.replays.set(replay.name, replay);
  wakeAt(turn, now);
  return { ReplayArn: replayArn(replay.name), State: replay.state, ReplayStartTime: now / 1000 };
};

/**
 * "CancelReplay", which takes effect at the next tick. Throws ResourceNotFoundException, and IllegalStatusException
 * for one that has ended or is being cancelled.
 */
export const cancelReplay: Operation = ({ state }, input) => {
  const replay = replayNamed(state, requiredText(input, "ReplayName"));
  if (replay.state !== "STARTING" && replay.state !== "RUNNING") {
    throw new AwsError(
      "IllegalStatusException",
      `Replay ${replay.name} is not in a valid state for this operation.`,
    );
  }
  replay.state = "CANCELLING";
  return { ReplayArn: replayArn(replay.name), State: replay.state };
};

/** "DescribeReplay"; times in seconds since the epoch. Throws ResourceNotFoundException. */
export const describeReplay: Operation = ({ state }, input) => {
  const replay = replayNamed(state, requiredText(input, "ReplayName"));
  const { lastReplayedAt, endedAt } = replay;
  return {
    ...replay.given,
    ReplayArn: replayArn(replay.name),
    State: replay.state,
    ReplayStartTime: replay.startedAt / 1000,
    ...(lastReplayedAt !== undefined && { EventLastReplayedTime: lastReplayedAt / 1000 }),
    ...(endedAt !== undefined && { ReplayEndTime: endedAt / 1000 }),
  };
};

/** Takes every replay that runs a step further. */
export function continueReplays(turn: Turn) {
  for (const replay of turn.state.replays.values()) {
    if (!isActive(replay)) continue;
    step(turn, replay);
    if (isActive(replay)) wakeAt(turn, turn.now);
  }
}

function newReplay({ state, now }: Turn, input: Input): Replay {
  const name = requiredName(input, "ReplayName", MAX_NAME_LENGTH);
  const archive = replayedArchive(state, input);
  const onlyRules = texts(optionalStructure(input, "Destination") ?? {}, "FilterArns");
  return {
    name,
    given: input,
    bus: destinationOf(state, input, archive),
    onlyRules: onlyRules.length > 0 ? new Set(onlyRules) : undefined,
    startedAt: now,
    endedAt: undefined,
    state: "STARTING",
    lastReplayedAt: undefined,
    remaining: shuffled(selected(archive, input, now), name),
  };
}

function step(turn: Turn, replay: Replay) {
  if (replay.state === "CANCELLING") return end(turn, replay, "CANCELLED");
  replay.state = "RUNNING";
  const bus = turn.state.buses.get(replay.bus);
  for (const { event, at } of replay.remaining.splice(0, STEP)) {
    if (bus) sendAgain(turn, bus, replayed(event, replay.name), replay);
    replay.lastReplayedAt = at;
  }
  if (replay.remaining.length === 0) end(turn, replay, "COMPLETED");
}

function sendAgain(turn: Turn, bus: Bus, event: EventBridgeEvent, { onlyRules }: Replay) {
  turn.state.metrics.replayedEvents++;
  route(turn, bus, event, onlyRules);
}

function end({ now }: Turn, replay: Replay, state: "COMPLETED" | "CANCELLED") {
  replay.state = state;
  replay.endedAt = now;
  replay.remaining = [];
}

function replayed({ resources, detail, ...envelope }: EventBridgeEvent, name: string): EventBridgeEvent {
  return { ...envelope, "replay-name": name, resources, detail };
}

function replayedArchive(state: EventBridgeState, input: Input): Archive {
  const arn = requiredText(input, "EventSourceArn");
  const archive = state.archives.get(nameIn(arn));
  if (archive && arn === archiveArn(archive.name)) return archive;
  throw invalid(`Parameter EventSourceArn is not valid. Reason: Archive ${nameIn(arn)} does not exist.`);
}

function destinationOf(state: EventBridgeState, input: Input, archive: Archive): string {
  const destination = optionalStructure(input, "Destination") ?? {};
  const { name } = busNamed(state, requiredText(destination, "Arn"));
  if (name === archive.bus) return name;
  throw invalid("Parameter Destination.Arn is not valid. Reason: Cross event bus replay is not permitted.");
}

function selected(archive: Archive, input: Input, now: number): ArchivedEvent[] {
  const from = requiredTime(input, "EventStartTime");
  const to = requiredTime(input, "EventEndTime");
  if (from >= to) {
    throw invalid("Parameter EventEndTime is not valid. Reason: EventStartTime must be before EventEndTime.");
  }
  dropExpired(archive, now);
  return archive.events.filter(({ at }) => at >= from && at < to);
}

/** EventBridge keeps the order of the minutes, not that within a minute. Each name shuffles in its own way. */
function shuffled(events: readonly ArchivedEvent[], name: string): ArchivedEvent[] {
  const keyed = events.map((archived) => ({
    archived,
    minute: Math.floor(archived.at / MINUTE),
    chance: createHash("sha256").update(`${name} ${archived.event.id}`).digest("hex"),
  }));
  keyed.sort((a, b) => a.minute - b.minute || (a.chance < b.chance ? -1 : 1));
  return keyed.map(({ archived }) => archived);
}

function replayNamed(state: EventBridgeState, name: string): Replay {
  const replay = state.replays.get(name);
  if (!replay) throw notFound(`Replay ${name} does not exist.`);
  return replay;
}
