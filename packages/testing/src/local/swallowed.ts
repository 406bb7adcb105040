// Tells of each delivery that a FIFO queue takes and does not keep, since it knows the body: no worker ever sees it.
import type { Deliver } from "./eventbridge/shell.ts";
import { swallowedSends } from "./sqs/questions.ts";
import type { SqsState } from "./sqs/state.ts";

type Queues = { readonly state: SqsState; queueUrl(name: string): string };

/** `deliver` sends before it gives its answer. */
export function tellingSwallowed(deliver: Deliver, sqs: Queues, tell: (body: string) => void): Deliver {
  return (targetArn, body, options) => {
    const count = () => swallowedSends(sqs.state, sqs.queueUrl(targetArn.split(":").at(-1) ?? ""));
    const before = count();
    const answer = deliver(targetArn, body, options);
    if (count() > before) tell(body);
    return answer;
  };
}
