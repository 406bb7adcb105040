// Alarms on what EventBridge counts for each rule: a bus has more rules than an alarm can name, so they are queries. Pure.

export type QueryAlarm = {
  name: string;
  /** In CloudWatch Metrics Insights' SQL, of a bus of this name. */
  query: (bus: string) => string;
  /** Seconds. */
  period: number;
  above: number;
  means: string;
  nextStep: string;
};

const FIVE_MINUTES = 5 * 60;
const TEN_MINUTES = 10 * 60;

/** Deliveries that EventBridge gave up, in ten minutes. */
const MOST_FAILED = 5;

/** A rule's number is there only where it is not 0, so a query that finds none is billed for none. */
const FROM = 'FROM SCHEMA("AWS/Events", EventBusName, RuleName)';

/**
 * Of one bus.
 * @param prefix starts the names, as it does for all that is made for this bus
 * @param logRules what the rules are called that log events: a delivery to a log says nothing of the lanes
 */
export function busQueries(prefix: string, logRules: string[]): QueryAlarm[] {
  const ofBus = (bus: string) => `WHERE EventBusName = '${bus}'`;
  const ofLanes = logRules.map((rule) => ` AND RuleName != '${rule}'`).join("");
  return [
    {
      name: `${prefix}FailedInvocations`,
      query: (bus) => `SELECT SUM(FailedInvocations) ${FROM} ${ofBus(bus)}${ofLanes}`,
      period: TEN_MINUTES,
      above: MOST_FAILED,
      means: "EventBridge gave up deliveries to the lanes.",
      nextStep: "Compare the lanes' queue and its policy with npm run graph, and deploy.",
    },
    {
      name: `${prefix}LostByRules`,
      query: (bus) => `SELECT SUM(InvocationsFailedToBeSentToDlq) ${FROM} ${ofBus(bus)}`,
      period: FIVE_MINUTES,
      above: 0,
      means:
        "EventBridge could deliver events neither to the lanes nor to Undelivered: a policy is wrong, or they hold U+FFFE or U+FFFF, which SQS refuses.",
      nextStep:
        "Correct the policies and replay their time from the archive; read what is still missing in Stripe.",
    },
  ];
}

/** Of all buses of a stage, whose rules that log have the same names; none where nothing is logged. */
export function logQueries(logRules: string[]): QueryAlarm[] {
  if (logRules.length === 0) return [];
  const rules = logRules.map((rule) => `RuleName = '${rule}'`).join(" OR ");
  const alarm = {
    name: "EventLogFailures",
    query: () => `SELECT SUM(FailedInvocations) ${FROM} WHERE ${rules}`,
    period: TEN_MINUTES,
    above: MOST_FAILED,
    means: "EventBridge could not write to the log of all events; the lanes have them.",
    nextStep: "Compare the policy EventLogPolicy with npm run graph, and deploy.",
  };
  return [alarm];
}
