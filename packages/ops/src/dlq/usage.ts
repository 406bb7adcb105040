// What `npm run dlq -- --help` prints.
import { DEFAULT_PORT } from "../ports.ts";

/** Seconds. */
export const DEFAULT_WAIT = 30;
/** Messages a second. */
export const DEFAULT_RATE = 10;

export const USAGE = `npm run dlq -- COMMAND [ID …] [options]

  list          which messages are parked, why, and what to do about it
  show ID       one parked message with its body; ID is an event's or a message's
  redrive       sends parked messages to the lanes they came from, in the order in which they were parked, and
                prints what became of each event. It does not send what would be parked again whatever you
                change, such as a body that is not JSON: it says what to do instead
  discard       deletes parked messages, each after a copy of it is safe in a new file
  export        prints whole parked messages as JSON lines, which npm start -- --events FILE accepts

Which messages (redrive and discard need at least one of these; several options must all match)
  ID …          those of these events or messages; not for list
  --reason R    those parked for that reason; none for those that the queue itself moved
  --type T      those of that event type, or of several: customer.*
  --customer C  those of that customer; a thin event does not name its customer
  --older-than AGE, --newer-than AGE
                those parked longer ago, or less long ago, than 90s, 30m, 2h, 3d or 1w
  --event ID    those of one event
  --all         every message

list, show
  --deep        also looks behind the first ten messages of a message group, where SQS shows none: it sends each
                message to the end of its group, until all are in their order again with new message ids. The
                other commands do so when they must

redrive, discard
  --dry-run     prints what would happen, and changes nothing; with --deep behind the first ten, too

redrive
  --force       also sends what would be parked again
  --rate N      messages a second (${DEFAULT_RATE})
  --wait SECONDS
                waits that long for the outcomes (${DEFAULT_WAIT})
  --move        with --all: SQS moves the whole queue by itself, at --rate or as fast as it likes. For thousands
                of messages. Each keeps its message group, and no outcome of single ones is printed

discard, export
  --to FILE     the new file for the copies (discard: discarded-TIME.jsonl; export: standard output). Bodies and
                attributes are whole, nothing is masked: only you may read the file

Where
  --port N      the local run of npm start -- --port N
  --endpoint-sqs URL --endpoint-dynamodb URL
                a local run at free ports, as it prints them
  otherwise     the environment: sst shell --stage NAME -- npm run dlq -- list
                or QUEUE_URL, PARKED_QUEUE_URL and TABLE_NAME
                and where it names no stage, the local run at --port ${DEFAULT_PORT}
  --tenant NAME what starts the stage's keys (TENANT, or main)

  --json        prints JSON, on one line; export prints JSON in any case

A redrive that is interrupted loses nothing, and can be run again: a message leaves the dead-letter queue only
when its lane has it, and the ledger knows what is done already. A discard that is interrupted has a copy of all
that it deleted.`;
