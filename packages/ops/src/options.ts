// What `npm start` was asked for.
import { checkLanes } from "@stripe-lanes/core/lanes";
import { MODES, type Mode } from "@stripe-lanes/core/mode";
import { FLAG, readArguments, TEXT, TEXTS } from "./arguments.ts";
import { Mistake } from "./mistake.ts";
import { DEFAULT_PORT, LAST_PORT } from "./ports.ts";
import { signingSecrets } from "./server/credentials.ts";

export type Options = {
  traffic: { kind: "simulate"; events: number } | { kind: "read"; paths: string[] };
  seed: number;
  mode: Mode;
  lanes: number;
  /** Ours; AWS's services take the next ones (`ports.ts`). 0 takes free ones. */
  port: number;
  /** Signing secrets that the webhook takes beside the run's own; none with `exit`. */
  webhookSecrets: string[];
  duplicates: boolean;
  shuffle: boolean;
  faults: boolean;
  /** Whether rows keep the whole Stripe objects. */
  raw: boolean;
  exit: boolean;
  json: boolean;
  dump: string | undefined;
  facts: string | undefined;
};

type Environment = Readonly<Record<string, string | undefined>>;

const DEFAULT_EVENTS = 1_000;
const FREE_PORTS = 0;

export const USAGE = `npm start -- [PATH…] [options]

  --simulate N     N events of a simulated Stripe (${DEFAULT_EVENTS} when nothing is said)
  PATH, --events PATH
                   the events of a file, a folder or, for -, of standard input: as Stripe's API and CLI print them, or
                   as EventBridge, SQS, Lambda and CloudWatch wrap them; packed with gzip or zstd too
  --seed S         another simulation, shuffle and choice of copies (1)
  --duplicates     delivers each event twice, at least half of the copies after the queue's five minutes
  --shuffle        delivers in another order
  --faults         with --simulate: things go wrong with requests, invocations, deliveries and input, all counted
  --raw            rows keep the whole Stripe objects beside their states
  --mode MODE      ${MODES.join(", ")}: whose events are taken (test)
  --lanes N        message groups (16)
  --port N         ours at N, EventBridge at N+1, SQS at N+2, DynamoDB at N+3; 0 takes free ones
                   (${DEFAULT_PORT}, or free ones with --exit)
  --webhook-secret SECRET
                   what stripe listen --print-secret prints: the webhook takes what it signs (WEBHOOK_SECRET)
  --dump FILE      writes every final row as JSON lines
  --facts FILE     writes every fact of the run once as JSON lines, by row and revision
  --exit           ends when all is settled, instead of waiting for more events
  --json           prints one JSON document on stdout, the report; all else goes to stderr`;

/** @throws Mistake with one sentence for an option that is unknown or wrong. */
export function readOptions(args: string[], env: Environment = {}): Options {
  const { values, paths } = parse(args);
  if (paths && values.simulate !== undefined) {
    throw new Mistake("--events and --simulate exclude each other: choose one.");
  }
  if (paths && values.faults) {
    throw new Mistake("--faults goes with --simulate: bad events are mixed in, and the truth must be known.");
  }
  return {
    traffic: trafficOf(paths, values.simulate),
    seed: whole("--seed", values.seed ?? "1"),
    mode: modeOf(values.mode ?? "test"),
    lanes: lanesOf(values.lanes ?? "16"),
    port: portOf(values.port, values.exit ? FREE_PORTS : DEFAULT_PORT),
    webhookSecrets: webhookSecretsOf(values, env),
    duplicates: values.duplicates ?? false,
    shuffle: values.shuffle ?? false,
    faults: values.faults ?? false,
    raw: values.raw ?? false,
    exit: values.exit ?? false,
    json: values.json ?? false,
    dump: values.dump,
    facts: values.facts,
  };
}

function parse(args: string[]) {
  const options = {
    simulate: TEXT,
    events: TEXTS,
    seed: TEXT,
    mode: TEXT,
    lanes: TEXT,
    port: TEXT,
    "webhook-secret": TEXT,
    dump: TEXT,
    facts: TEXT,
    duplicates: FLAG,
    shuffle: FLAG,
    faults: FLAG,
    raw: FLAG,
    exit: FLAG,
    json: FLAG,
  };
  const { values, positionals } = readArguments("npm start --", args, options, { allowPositionals: true });
  const paths = [...(values.events ?? []), ...positionals];
  return { values, paths: paths.length === 0 ? undefined : paths };
}

/** Without a webhook nothing needs them: a wrong WEBHOOK_SECRET then does no harm. */
function webhookSecretsOf(
  { exit, "webhook-secret": told }: { exit?: boolean; "webhook-secret"?: string },
  { WEBHOOK_SECRET }: Environment,
): string[] {
  if (told !== undefined && exit)
    throw new Mistake("--webhook-secret goes with a run that stays up: leave out --exit.");
  if (told !== undefined) return signingSecrets("--webhook-secret", told);
  return exit || !WEBHOOK_SECRET ? [] : signingSecrets("WEBHOOK_SECRET", WEBHOOK_SECRET);
}

function trafficOf(paths: string[] | undefined, simulate: string | undefined): Options["traffic"] {
  if (paths) return { kind: "read", paths };
  const count = simulate === undefined ? DEFAULT_EVENTS : whole("--simulate", simulate);
  if (count === 0) throw new Mistake("--simulate takes a number of events of at least 1.");
  return { kind: "simulate", events: count };
}

/** @throws Mistake for what is no whole number, or negative. */
export function whole(option: string, text: string): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && Number.isSafeInteger(value)) return value;
  throw new Mistake(`${option} takes a whole number, not "${text}".`);
}

function modeOf(text: string): Mode {
  const mode = MODES.find((one) => one === text);
  if (mode === undefined) throw new Mistake(`--mode is one of ${MODES.join(", ")}, not "${text}".`);
  return mode;
}

function lanesOf(text: string): number {
  const lanes = whole("--lanes", text);
  try {
    checkLanes(lanes);
  } catch (error) {
    throw new Mistake((error as Error).message);
  }
  return lanes;
}

function portOf(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const port = whole("--port", text);
  if (port > LAST_PORT) throw new Mistake(`--port takes a number from 0 to ${LAST_PORT}, not "${text}".`);
  return port;
}
