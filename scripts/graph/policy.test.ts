import { expect, it } from "vitest";
import { policyOf } from "./policy.ts";

const statement = {
  actions: ["sqs:SendMessage"],
  resources: ["arn:a", "arn:b"],
  principals: [{ type: "Service", identifiers: ["events.amazonaws.com"] }],
  conditions: [
    { test: "StringEquals", variable: "aws:SourceAccount", values: ["1"] },
    { test: "StringEquals", variable: "aws:PrincipalOrgID", values: ["o", "p"] },
    { test: "ArnLike", variable: "aws:SourceArn", values: ["arn:*"] },
  ],
};

it("writes a policy document as AWS takes it", () => {
  expect(policyOf({ statements: [statement] })).toEqual({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Allow",
        Principal: { Service: "events.amazonaws.com" },
        Action: "sqs:SendMessage",
        Resource: ["arn:a", "arn:b"],
        Condition: {
          StringEquals: { "aws:SourceAccount": "1", "aws:PrincipalOrgID": ["o", "p"] },
          ArnLike: { "aws:SourceArn": "arn:*" },
        },
      },
    ],
  });
});

it("never makes everybody of nobody, nor nobody of everybody", () => {
  const [nobody, everybody] = policyOf({
    statements: [
      { actions: ["a:b"] },
      { effect: "Deny", actions: ["a:b"], principals: [{ type: "*", identifiers: ["*"] }] },
    ],
  }).Statement as object[];
  expect(nobody).toEqual({ Effect: "Allow", Action: "a:b" });
  expect(everybody).toEqual({ Effect: "Deny", Principal: "*", Action: "a:b" });
});

it("begins with the documents that it adds to", () => {
  const source = JSON.stringify(policyOf({ statements: [{ sid: "First", actions: ["a:b"] }] }));
  expect(policyOf({ sourcePolicyDocuments: [source], statements: [{ actions: ["c:d"] }] }).Statement).toEqual(
    [
      { Sid: "First", Effect: "Allow", Action: "a:b" },
      { Effect: "Allow", Action: "c:d" },
    ],
  );
});
