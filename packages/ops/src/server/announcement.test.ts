import type { Pipeline } from "@stripe-lanes/testing/local/pipeline";
import { describe, expect, it } from "vitest";
import { announcement } from "./announcement.ts";

const at = (port: number) => `http://127.0.0.1:${port}`;

function announced({
  own,
  sqs,
  dynamodb,
  takesCli = false,
}: {
  own: number;
  sqs: number;
  dynamodb: number;
  takesCli?: boolean;
}) {
  const aws = {
    events: { url: at(1) },
    sqs: { url: at(sqs) },
    dynamodb: { url: at(dynamodb) },
    env: { AWS_REGION: "r" },
  };
  const pipeline = { aws, deployed: { queueUrl: "q", parkedUrl: "p", table: "t" } } as unknown as Pipeline;
  const front = { url: at(own), token: "token", secret: "whsec_run" };
  return announcement({ pipeline, front, mode: "live", takesCli });
}

const dlqIn = (text: string) => /npm run dlq -- (.*)$/m.exec(text)?.[1];

describe("what a run that stays up prints", () => {
  it("needs no option of dlq at the usual ports, and one at others", () => {
    expect(dlqIn(announced({ own: 4100, sqs: 4102, dynamodb: 4103 }))).toBe("list");
    expect(dlqIn(announced({ own: 5000, sqs: 5002, dynamodb: 5003 }))).toBe("list --port 5000");
    expect(dlqIn(announced({ own: 5000, sqs: 6000, dynamodb: 7000 }))).toBe(
      "list --endpoint-sqs http://127.0.0.1:6000 --endpoint-dynamodb http://127.0.0.1:7000",
    );
  });

  it("has what stripe listen needs, and how to tell its secret where that was not done", () => {
    const listen = "stripe listen --forward-to http://127.0.0.1:4100/webhook\n";
    const hint = 'npm start -- --webhook-secret "$(stripe listen --print-secret)"';
    const given = { own: 4100, sqs: 4102, dynamodb: 4103 };
    expect(announced(given)).toContain(listen);
    expect(announced(given)).toContain(hint);
    expect(announced({ ...given, takesCli: true })).not.toContain(hint);
  });

  it("has an event to post that the run's mode takes", () => {
    const [, json = ""] = / -d '([^']+)'/.exec(announced({ own: 1, sqs: 2, dynamodb: 3 })) ?? [];
    expect(JSON.parse(json)).toMatchObject({ object: "event", livemode: true });
  });
});
