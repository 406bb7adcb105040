// What `npm run dlq` was asked for.
import { FLAG, readArguments, TEXT } from "../arguments.ts";
import { Mistake } from "../mistake.ts";
import { DEFAULT_PORT, LAST_PORT, portsFrom } from "../ports.ts";
import type { Filter } from "./parked.ts";

/** Where the queues are: at a local run's endpoints, or where the environment says. */
export type Where = {
  endpoints: { sqs: string; dynamodb: string } | undefined;
  tenant: string | undefined;
};

export type Options = {
  command: "list" | "show" | "redrive" | "move";
  where: Where;
  filter: Filter;
  /** Messages a second; where nothing is said, a move goes as fast as SQS likes. */
  rate: number | undefined;
  /** Seconds for which the outcomes are waited for. */
  wait: number;
  json: boolean;
};

const DEFAULT_WAIT = 30;
/** The most that SQS moves in a second. */
const MOST_A_SECOND = 500;

export const USAGE = `npm run dlq -- COMMAND [options]

  list      what is parked, and why
  show ID   one parked message with its body; ID is an event's or a message's
  redrive   sends parked messages to the lanes they came from, in the order in which they were parked, and
            says from the ledger what became of each

Which messages (list takes all where nothing is said; redrive wants one of them)
  --reason R       those parked for that reason; none for those that the queue itself moved
  --event ID       those of one event
  --all            every one

redrive
  --rate N         messages a second (10)
  --wait SECONDS   waits that long for the outcomes (${DEFAULT_WAIT})
  --move           with --all: SQS moves the whole queue by itself, at --rate or as fast as it likes. For
                   thousands of messages. Each keeps its message group, and no outcome is told of single ones.

Where
  --port N         the local run of npm start -- --port N
  --endpoint-sqs URL --endpoint-dynamodb URL
                   a local run at free ports, as it prints them
  otherwise        the environment: sst shell --stage NAME -- npm run dlq -- list
                   or QUEUE_URL, PARKED_QUEUE_URL and TABLE_NAME
                   and where it names no stage, the local run at --port ${DEFAULT_PORT}
  --tenant NAME    what starts the stage's keys (TENANT, or main)

  --json           prints JSON, on one line

A redrive that is interrupted loses nothing, and can be run again: a message leaves the dead-letter queue only
when its lane has it, and the ledger knows what is done already.`;

/** @throws Mistake with one sentence for a command or an option that is unknown, wrong or out of place. */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args);
  const command = commandOf(positionals, values);
  checkBelonging(command, values);
  return {
    command,
    where: { endpoints: endpointsOf(values), tenant: values.tenant },
    filter: filterOf(command, positionals, values),
    rate: values.rate === undefined ? undefined : whole("--rate", values.rate, 1, MOST_A_SECOND),
    wait: whole("--wait", values.wait ?? String(DEFAULT_WAIT), 0, 3600),
    json: values.json ?? false,
  };
}

type Values = ReturnType<typeof parse>["values"];
type Command = Options["command"];

function parse(args: string[]) {
  const options = {
    reason: TEXT,
    event: TEXT,
    rate: TEXT,
    wait: TEXT,
    port: TEXT,
    tenant: TEXT,
    "endpoint-sqs": TEXT,
    "endpoint-dynamodb": TEXT,
    all: FLAG,
    move: FLAG,
    json: FLAG,
  };
  return readArguments("npm run dlq --", args, options, { allowPositionals: true });
}

function commandOf([name, ...rest]: string[], { move }: Values): Command {
  if (name === undefined) throw new Mistake("Say list, show ID or redrive. See npm run dlq -- --help.");
  if (name !== "list" && name !== "show" && name !== "redrive")
    throw new Mistake(`There is no command "${name}": say list, show ID or redrive.`);
  const extra = name === "show" ? rest[1] : rest[0];
  if (extra !== undefined) throw new Mistake(`${name} does not know what to do with "${extra}".`);
  return name === "redrive" && move ? "move" : name;
}

/** The options that not every command takes. */
const TAKERS: Partial<Record<keyof Values, Command[]>> = {
  reason: ["list", "redrive"],
  event: ["list", "redrive"],
  all: ["list", "redrive", "move"],
  rate: ["redrive", "move"],
  wait: ["redrive", "move"],
  move: ["move"],
};

function checkBelonging(command: Command, values: Values): void {
  for (const option of Object.keys(values) as (keyof Values)[]) {
    const takers = TAKERS[option];
    if (takers === undefined || takers.includes(command)) continue;
    if (command === "move") throw new Mistake(`--move takes the whole queue with --all, and no --${option}.`);
    throw new Mistake(`${command} takes no --${option}. See npm run dlq -- --help.`);
  }
}

function filterOf(command: Command, positionals: string[], { reason, event, all }: Values): Filter {
  if (command === "show") {
    const [, id] = positionals;
    if (id === undefined) throw new Mistake("show takes the id of an event or of a message.");
    return { id };
  }
  const told = [reason, event, all].filter((one) => one !== undefined).length;
  if (told > 1) throw new Mistake("--reason, --event and --all exclude each other: choose one.");
  if (command === "redrive" && told === 0)
    throw new Mistake("redrive takes --reason R, --event ID or --all: say which messages.");
  if (command === "move" && !all) throw new Mistake("--move takes the whole queue: say --all too.");
  return { ...(reason === undefined ? {} : { reason }), ...(event === undefined ? {} : { event }) };
}

function endpointsOf(values: Values): Where["endpoints"] {
  const { port, "endpoint-sqs": sqs, "endpoint-dynamodb": dynamodb } = values;
  if (port !== undefined && (sqs !== undefined || dynamodb !== undefined))
    throw new Mistake("--port and the --endpoint options exclude each other: choose one.");
  if (port !== undefined) return endpointsAt(whole("--port", port, 1, LAST_PORT));
  if (sqs === undefined && dynamodb === undefined) return undefined;
  if (sqs === undefined || dynamodb === undefined)
    throw new Mistake("--endpoint-sqs and --endpoint-dynamodb go together: say both.");
  return { sqs: url("--endpoint-sqs", sqs), dynamodb: url("--endpoint-dynamodb", dynamodb) };
}

/** As `npm start -- --port N` lays them out. */
export function endpointsAt(port: number): NonNullable<Where["endpoints"]> {
  const { sqs, dynamodb } = portsFrom(port);
  return { sqs: `http://127.0.0.1:${sqs}`, dynamodb: `http://127.0.0.1:${dynamodb}` };
}

function url(option: string, text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new Mistake(`${option} takes an http or https URL, not "${text}".`);
}

function whole(option: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new Mistake(`${option} takes a whole number from ${least} to ${most}, not "${text}".`);
}
