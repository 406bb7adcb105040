// What `npm run dlq` was asked for.

import { nearest } from "@stripe-lanes/core/nearest";
import { FLAG, readArguments, TEXT } from "../arguments.ts";
import { Mistake } from "../mistake.ts";
import { type Filter, filterIn } from "./filter.ts";
import { whole } from "./numbers.ts";
import { DEFAULT_WAIT } from "./usage.ts";
import { type Where, whereIn } from "./where.ts";

export type Options = {
  command: "list" | "show" | "redrive" | "move" | "discard" | "export";
  where: Where;
  filter: Filter;
  /** Whether what SQS does not show is looked at, too. */
  deep: boolean;
  dryRun: boolean;
  /** Whether what would be parked again is sent, too. */
  force: boolean;
  /** The file for copies. */
  to: string | undefined;
  /** Messages a second; where nothing is said, a move goes as fast as SQS likes. */
  rate: number | undefined;
  /** Seconds for which the outcomes are waited for. */
  wait: number;
  json: boolean;
};

/** The most that SQS moves in a second. */
const MOST_A_SECOND = 500;

const SEE_HELP = "See npm run dlq -- --help.";

/** @throws Mistake with one sentence for a command or an option that is unknown, wrong or out of place. */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parse(args);
  const command = commandOf(positionals, values);
  checkBelonging(command, values);
  return {
    command,
    where: whereIn(values),
    filter: filterOf(command, positionals, values),
    deep: values.deep ?? false,
    dryRun: values["dry-run"] ?? false,
    force: values.force ?? false,
    to: values.to,
    rate: values.rate === undefined ? undefined : whole("--rate", values.rate, 1, MOST_A_SECOND),
    wait: whole("--wait", values.wait ?? String(DEFAULT_WAIT), 0, 3600),
    json: values.json ?? false,
  };
}

type Values = ReturnType<typeof parse>["values"];
type Command = Options["command"];

const FILTERS = {
  reason: TEXT,
  type: TEXT,
  customer: TEXT,
  "older-than": TEXT,
  "newer-than": TEXT,
  event: TEXT,
} as const;

function parse(args: string[]) {
  const options = {
    ...FILTERS,
    to: TEXT,
    rate: TEXT,
    wait: TEXT,
    port: TEXT,
    tenant: TEXT,
    "endpoint-sqs": TEXT,
    "endpoint-dynamodb": TEXT,
    "dry-run": FLAG,
    all: FLAG,
    deep: FLAG,
    force: FLAG,
    move: FLAG,
    json: FLAG,
  };
  return readArguments("npm run dlq --", args, options, { allowPositionals: true });
}

/** What is typed first. */
export const COMMANDS = ["list", "show", "redrive", "discard", "export"] as const;

function commandOf([name, ...rest]: string[], { move }: Values): Command {
  const command = COMMANDS.find((one) => one === name);
  if (name === undefined)
    throw new Mistake(`Usage: dlq list | show ID | redrive | discard | export. ${SEE_HELP}`);
  if (command === undefined)
    throw new Mistake(`There is no command "${name}"; did you mean ${nearest(name, COMMANDS)}? ${SEE_HELP}`);
  const extra = command === "show" ? rest[1] : command === "list" ? rest[0] : undefined;
  if (extra !== undefined) throw new Mistake(`${command} does not know what to do with "${extra}".`);
  return command === "redrive" && move ? "move" : command;
}

const CHOOSING: Command[] = ["list", "redrive", "discard", "export"];

/** The options that not every command takes. */
const TAKERS: Partial<Record<keyof Values, Command[]>> = {
  ...Object.fromEntries(Object.keys(FILTERS).map((name) => [name, CHOOSING])),
  all: [...CHOOSING, "move"],
  deep: ["list", "show", "redrive", "discard"],
  "dry-run": ["redrive", "discard"],
  force: ["redrive"],
  json: ["list", "show", "redrive", "move", "discard"],
  move: ["move"],
  rate: ["redrive", "move"],
  to: ["discard", "export"],
  wait: ["redrive", "move"],
};

function checkBelonging(command: Command, values: Values): void {
  for (const option of Object.keys(values) as (keyof Values)[]) {
    const takers = TAKERS[option];
    if (takers === undefined || takers.includes(command)) continue;
    if (command === "move") throw new Mistake(`--move takes the whole queue with --all, and no --${option}.`);
    throw new Mistake(`${command} takes no --${option}. ${SEE_HELP}`);
  }
}

function filterOf(command: Command, [, ...ids]: string[], values: Values): Filter {
  if (command === "show" && ids.length === 0)
    throw new Mistake("show takes the id of an event or of a message.");
  if (command === "move") return wholeQueue(ids, values);
  const said = Object.keys(FILTERS).filter((name) => name in values);
  checkAll(values, ids, said);
  if ((command === "redrive" || command === "discard") && !values.all && ids.length + said.length === 0)
    throw new Mistake(`${command} takes ids, a filter such as --reason R, or --all: say which messages.`);
  return filterIn(values, values.event === undefined ? ids : [...ids, values.event]);
}

function wholeQueue(ids: string[], { all }: Values): Filter {
  if (!all) throw new Mistake("--move takes the whole queue: say --all too.");
  if (ids.length > 0) throw new Mistake(`--move takes the whole queue with --all, and no ${ids[0]}.`);
  return {};
}

function checkAll({ all }: Values, [id]: string[], [option]: string[]): void {
  if (!all || (id === undefined && option === undefined)) return;
  throw new Mistake(`--all takes every message: leave it out, or leave out ${id ?? `--${option}`}.`);
}
