// Faults of the worker's requests to DynamoDB and SQS.
import { internalServerError, throttled } from "@stripe-lanes/testing/local/dynamodb/errors";
import { AwsError, type Fault, type Faults } from "@stripe-lanes/testing/local/http";
import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import type { FaultAt, Occasion } from "./catalogue.ts";
import type { Deal } from "./dealer.ts";
import type { Outage } from "./outage.ts";
import { areWithoutSuspects, killBusy } from "./workers.ts";

const OCCASIONS_OF = {
  BatchGetItem: "read",
  Query: "read",
  TransactWriteItems: "write",
  PutItem: "write",
  UpdateItem: "note",
  SendMessage: "send",
  ChangeMessageVisibilityBatch: "hide",
} as const satisfies Record<string, Occasion>;

type RequestOccasion = (typeof OCCASIONS_OF)[keyof typeof OCCASIONS_OF];
type RequestFault = FaultAt<RequestOccasion>;

const UNAVAILABLE = new AwsError("ServiceUnavailable", "Injected.", { status: 503 });
const FAILED: Fault = { when: "before", error: internalServerError() };
const ANSWER_LOST: Fault = { when: "after", error: internalServerError() };

/** None where the request itself goes well. */
const FAULTS: Record<RequestFault, Fault | undefined> = {
  "read-throttled": { when: "before", error: throttled() },
  "read-failed": FAILED,
  "write-throttled": { when: "before", error: throttled() },
  "write-failed": FAILED,
  "write-answer-lost": ANSWER_LOST,
  "killed-within": undefined,
  "note-throttled": { when: "before", error: throttled() },
  "note-failed": FAILED,
  "note-answer-lost": ANSWER_LOST,
  "send-failed": { when: "before", error: UNAVAILABLE },
  "visibility-failed": { when: "before", error: UNAVAILABLE },
};

export type RequestOptions = {
  deal: Deal;
  outage: Outage;
  /** Asked when something is about to go wrong: only then it runs. */
  pipeline(): Pipeline;
};

/** An answer that is lost stays lost for the SDK's own retries, which repeat the token: else core never hears of it. */
export function requestFaults({ deal, outage, pipeline }: RequestOptions): Faults {
  const lost = new Set<string>();
  return (service, operation, input) => {
    if (service === "dynamodb" && outage.refuses()) return FAILED;
    const token = tokenIn(input);
    if (token !== undefined && lost.has(token)) return ANSWER_LOST;
    const occasion = occasionOf(operation);
    const isPossible = (name: RequestFault) => canBe(name, token, pipeline);
    const fault = occasion && deal(occasion, isPossible);
    if (fault === "killed-within") killBusy(pipeline());
    if (fault === "write-answer-lost" && token !== undefined) lost.add(token);
    return fault && FAULTS[fault];
  };
}

function occasionOf(operation: string): RequestOccasion | undefined {
  return Object.hasOwn(OCCASIONS_OF, operation)
    ? OCCASIONS_OF[operation as keyof typeof OCCASIONS_OF]
    : undefined;
}

function canBe(name: RequestFault, token: string | undefined, pipeline: () => Pipeline): boolean {
  if (name === "write-answer-lost") return token !== undefined;
  return name !== "killed-within" || areWithoutSuspects(pipeline());
}

/** By which DynamoDB knows a transaction that is sent again. */
function tokenIn(input: unknown): string | undefined {
  return (input as { ClientRequestToken?: string }).ClientRequestToken;
}
