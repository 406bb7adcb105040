// What an event and a start take, on any machine, and what a million events cost.
import { told } from "../shown.ts";
import { atMost, type Counted, dollars, type Rule, type Verdict } from "./rule.ts";

const KILOBYTES_AT_START = 400;
const MILLISECONDS_OVER_CLIENT = 5;

export const SIZE: Rule[] = [
  {
    name: "DynamoDB requests per event, batches of 10",
    goal: "≤ 0.2",
    judge: (_, { requestsPerEvent }) => atMost(requestsPerEvent, 0.2),
  },
  {
    name: "write units per event, `raw` off",
    goal: "≤ 4.7",
    judge: (_, { writeUnitsPerEvent }) => atMost(writeUnitsPerEvent, 4.7),
  },
  {
    name: "write units per event, `raw` on",
    goal: "≤ 5.2",
    judge: (_, { writeUnitsPerEventWithRaw }) => atMost(writeUnitsPerEventWithRaw, 5.2),
  },
  {
    name: "bundle, minified, as far as a start loads it",
    goal: `≤ ${KILOBYTES_AT_START} KB`,
    judge: (_, counted) => loadedAtStart(counted),
  },
  {
    name: "import of the bundle",
    goal: `≤ ${MILLISECONDS_OVER_CLIENT} ms more than \`client-dynamodb\` alone, and less than textbook's`,
    judge: (_, counted) => imported(counted),
  },
  {
    name: "a million events: EventBridge, SQS, Lambda, DynamoDB",
    goal: "≤ $4.70",
    judge: (_, { costOfAMillion }) => atMost(costOfAMillion?.main, 4.7, dollars),
  },
  {
    name: "beside it: logs, archive, metrics, at the default settings",
    goal: "≤ $1.00",
    judge: (_, { costOfAMillion }) => atMost(costOfAMillion?.beside, 1, dollars),
  },
];

function loadedAtStart({ bytesAtStart: bytes, bundleBytes }: Counted): Verdict | null {
  if (bytes === undefined) return null;
  const whole = bundleBytes === undefined ? "" : ` of ${told(bundleBytes / 1_000)}`;
  return atMost(bytes / 1_000, KILOBYTES_AT_START, (value, digits) => `${value.toFixed(digits)}${whole} KB`);
}

function imported({ importMilliseconds }: Counted): Verdict | null {
  if (importMilliseconds === undefined) return null;
  const { ours, client, textbook } = importMilliseconds;
  const more = atMost(ours - client, MILLISECONDS_OVER_CLIENT);
  return {
    measured: `${more.measured} ms more: ${told(ours)} ms, and textbook ${told(textbook)} ms`,
    met: more.met && ours < textbook,
  };
}
