// What can go wrong with a delivery to a target on AWS, by name.
import { AwsError } from "../http.ts";
import type { Deliver } from "./shell.ts";

export type DeliveryFault =
  /** The rule fires twice, and the target gets the event twice. */
  | "rule-fires-twice"
  /** The target does not take it, which leads to another try. */
  | "target-failed"
  /** The target takes it and its answer is lost, which leads to another try. */
  | "target-answer-lost";

/** Asked once a try; no answer means that nothing goes wrong. */
export type DeliveryFaults = (targetArn: string) => DeliveryFault | undefined;

export type FaultyDeliver = {
  deliver: Deliver;
  /** How often a target got an event once more than EventBridge knows. */
  copies(): number;
};

/**
 * Delivers through `deliver`, with the fault of each try; a fault that fails throws a 503, which EventBridge
 * retries.
 */
export function faultyDeliver(deliver: Deliver, faultOf: DeliveryFaults): FaultyDeliver {
  let copies = 0;
  return {
    copies: () => copies,
    async deliver(...delivery) {
      const fault = faultOf(delivery[0]);
      if (fault === "target-failed") throw noAnswer();
      const answer = await deliver(...delivery);
      if (fault === undefined) return answer;
      copies += 1;
      if (fault === "target-answer-lost") throw noAnswer();
      return deliver(...delivery);
    },
  };
}

function noAnswer(): AwsError {
  return new AwsError("ServiceUnavailable", "Injected: the target does not answer.", { status: 503 });
}
