// Redrive: each message goes to its lane first and leaves the dead-letter queue then, so that none is ever lost.
import type { SQS } from "@aws-sdk/client-sqs";
import { aggregateOf } from "@stripe-lanes/core/keys";
import { tenantOf } from "@stripe-lanes/core/take";
import type { DeadLetters } from "./dead-letters.ts";
import { type Filter, isSelective, matches, missingIds } from "./filter.ts";
import { cannotBeRedriven } from "./guidance.ts";
import type { Parked } from "./parked.ts";
import { walk } from "./walk.ts";

export type Sent = {
  parked: Parked;
  /**
   * `sent`; `kept`: sent, but it could not be removed and is parked still, which the ledger makes harmless;
   * `failed`: not sent; `behind`: not sent either, because an earlier one of its aggregate failed; `never`: not sent
   * since it would be parked again, whatever is changed.
   */
  step: "sent" | "kept" | "failed" | "behind" | "never";
  error?: Error;
};

export type Redriven = {
  sent: Sent[];
  /** Left alone: their event was redriven by then and parked once more. */
  again: Parked[];
  /** What ended it before its time; what is in `sent` is done all the same. */
  stopped?: unknown;
};

export type RedriveOptions = {
  letters: DeadLetters;
  sqs: SQS;
  queueUrl: string;
  tenant: string;
  filter: Filter;
  /** Whether what would be parked again is sent, too. */
  force: boolean;
  signal: AbortSignal;
  /** Called with messages that are about to be sent. */
  beforeSending(parked: Parked[]): Promise<void>;
  /** Resolves when the next message may be sent. */
  turn(): Promise<void>;
};

/** `now`: milliseconds since the epoch. */
type Run = RedriveOptions & Redriven & { bodies: Set<string>; stuck: Set<string>; now: number };

/** Never throws for a message: it goes on with the others, save for those of the same aggregate. */
export async function redrive(options: RedriveOptions): Promise<Redriven> {
  const run: Run = { ...options, sent: [], again: [], bodies: new Set(), stuck: new Set(), now: Date.now() };
  const { letters, signal } = options;
  try {
    for await (const fresh of walk(letters, { signal, goesDeeper: () => mayBeBehind(run) })) {
      await sendMatching(run, fresh);
    }
  } catch (stopped) {
    return { sent: run.sent, again: run.again, stopped };
  }
  return { sent: run.sent, again: run.again };
}

/** Behind what was not taken out; where all was to be, and could not, what is behind it cannot either. */
function mayBeBehind({ filter, sent }: Run): boolean {
  if (filter.ids !== undefined)
    return (
      missingIds(
        filter,
        sent.map(({ parked }) => parked),
      ).length > 0
    );
  return isSelective(filter) || sent.some(({ step }) => step === "never");
}

async function sendMatching(run: Run, fresh: Parked[]): Promise<void> {
  const wanted = fresh.filter((parked) => matches(run.filter, parked, run.now));
  // What was received after its own event had been sent may be that event, parked again: round and round it would go.
  const again = wanted.filter(({ body }) => run.bodies.has(body));
  run.again.push(...again);
  const due = wanted.filter((parked) => !again.includes(parked));
  if (due.length > 0) await run.beforeSending(due);
  for (const parked of due) {
    if (run.signal.aborted) return;
    run.sent.push(await sendInTurn(run, parked));
  }
  for (const { body } of due) run.bodies.add(body);
}

async function sendInTurn(run: Run, parked: Parked): Promise<Sent> {
  if (!run.force && cannotBeRedriven(parked)) return { parked, step: "never" };
  const aggregate = aggregateIn(parked, run.tenant);
  if (run.stuck.has(aggregate)) return { parked, step: "behind" };
  await run.turn();
  try {
    await sendToLane(run, parked);
  } catch (error) {
    run.stuck.add(aggregate);
    return { parked, step: "failed", error: error as Error };
  }
  try {
    await run.letters.remove(parked);
    return { parked, step: "sent" };
  } catch (error) {
    return { parked, step: "kept", error: error as Error };
  }
}

function aggregateIn({ event, lane }: Parked, tenant: string): string {
  return event === null ? lane : aggregateOf(tenantOf(event, { tenant }), event);
}

/**
 * The deduplication id belongs to this parking: parked anew the message has another, and sent twice in five
 * minutes, as after a lost answer, it is in its lane once.
 */
async function sendToLane({ sqs, queueUrl }: Run, { id, lane, body, attributes }: Parked): Promise<void> {
  const { origin } = attributes;
  await sqs.sendMessage({
    QueueUrl: queueUrl,
    MessageBody: body,
    MessageGroupId: lane,
    MessageDeduplicationId: `redrive-${id}`,
    ...(origin && { MessageAttributes: { origin } }),
  });
}
