// An archive of the default bus, and a rule that delivers whatever comes by.
import { givenEventBridge, START } from "./given.ts";

export const ARN = "arn:aws:events:us-east-1:000000000000";
export const BUS = `${ARN}:event-bus/default`;
export const DAY = 86_400_000;
export const ANY = { source: [{ exists: true }] };
/** Half a day before and after the start. */
export const REPLAY = {
  EventSourceArn: `${ARN}:archive/a`,
  Destination: { Arn: BUS },
  EventStartTime: (START - DAY / 2) / 1000,
  EventEndTime: (START + DAY / 2) / 1000,
};

/** The archive `a`, and what tests ask of it; `input` adds members to CreateArchive. */
export function givenArchive(input: object = {}) {
  const given = givenEventBridge();
  given.ask("CreateArchive", { ArchiveName: "a", EventSourceArn: BUS, ...input });
  given.rule("all", ANY);
  const bodies = () =>
    given.taken().map(({ body }) => JSON.parse(body) as { detail: { n: number }; id: string });
  return {
    ...given,
    bodies,
    numbers: () => bodies().map(({ detail }) => detail.n),
    sent: (numbers: Iterable<number>, Time?: number) => {
      for (const n of numbers) given.put({ n }, Time === undefined ? {} : { Time });
      return bodies();
    },
    replay: (name: string, input: object = {}) =>
      given.ask("StartReplay", { ReplayName: name, ...REPLAY, ...input }),
    described: (name: string) => given.ask("DescribeReplay", { ReplayName: name }),
    count: () => given.ask("DescribeArchive", { ArchiveName: "a" }).EventCount,
  };
}
