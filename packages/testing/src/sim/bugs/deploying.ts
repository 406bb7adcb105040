// Bugs in what is deployed around the code, and in what it asks of AWS.
import type { Bug } from "./bug.ts";

export const DEPLOYING_BUGS: Bug[] = [
  {
    name: "rules-replaced-with-a-gap",
    excuse: "The old rules go first, so that no event is on two lanes.",
    breaks: "nothing is lost",
    file: "testing/src/sim/cloud.ts",
    from: `await createRules({ events, sqs }, wanted);
      await clock.sleep(MINUTE);
      await deleteRules({ events, sqs }, lanes);`,
    to: `await deleteRules({ events, sqs }, lanes);
      await clock.sleep(MINUTE);
      await createRules({ events, sqs }, wanted);`,
    seed: 5,
  },
  {
    name: "rules-named-by-lane-alone",
    excuse: "A hash in a rule's name is noise in the console.",
    breaks: "nothing is lost",
    file: "core/src/lanes.ts",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source.
    from: "${lane}-${partition}`",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is source.
    to: "${lane}`",
  },
  {
    name: "no-partial-batch-response",
    excuse: "It is an option of the event source mapping, and options have defaults.",
    breaks: "nothing is lost",
    file: "testing/src/sim/scene.ts",
    from: "reportBatchItemFailures: true,",
    to: "reportBatchItemFailures: false,",
    events: 300,
  },
  {
    name: "parked-once-for-all-times",
    excuse: "The same message is deduplicated under the same id, however often it is parked.",
    breaks: "no innocent is parked",
    file: "testing/src/sim/queue.ts",
    from: "{ id: MessageDeduplicationId, body: MessageBody }: Message,",
    to: "{ origin: MessageDeduplicationId, body: MessageBody }: Message,",
    plan: { days: 0.2, chances: { "throws-our-code": 0.05, redrive: 0.5 } },
  },
];
