// Resource policies by IAM's evaluation logic ("Policy evaluation logic", "IAM JSON policy elements").
import { describe, expect, it } from "vitest";
import { allows, policyStatements } from "./policy.ts";

const RULE = "arn:aws:events:us-east-1:111111111111:rule/aws.partner/stripe.com/ed_1/log";
const STREAM = "arn:aws:logs:us-east-1:111111111111:log-group:/aws/events/a:log-stream:log";

const REQUEST = {
  service: "events.amazonaws.com",
  action: "logs:PutLogEvents",
  resource: STREAM,
  context: { "aws:SourceArn": RULE, "aws:SourceAccount": "111111111111" },
};

const ALLOWED = {
  Effect: "Allow",
  Principal: { Service: "events.amazonaws.com" },
  Action: "logs:PutLogEvents",
  Resource: "arn:aws:logs:us-east-1:111111111111:log-group:/aws/events/a:*",
};

const isAllowed = (...statements: object[]) =>
  allows(policyStatements(JSON.stringify({ Version: "2012-10-17", Statement: statements })), REQUEST);

describe("a statement allows", () => {
  it.each<[string, object]>([
    ["what it names", {}],
    ["each of several actions", { Action: ["logs:CreateLogStream", "logs:putlogevents"] }],
    ["actions by a wildcard", { Action: "logs:Put*" }],
    [
      "each of several services",
      { Principal: { Service: ["delivery.logs.amazonaws.com", "events.amazonaws.com"] } },
    ],
    ["anybody", { Principal: "*" }],
    ["a resource by a wildcard", { Resource: "*" }],
    ["where ArnLike holds", { Condition: { ArnLike: { "aws:SourceArn": `${RULE.slice(0, -3)}*` } } }],
    [
      "where one value of several holds",
      { Condition: { ArnLike: { "aws:SourceArn": ["arn:a:b:c:d:e", RULE] } } },
    ],
    ["whatever the case of a key", { Condition: { StringEquals: { "AWS:sourceaccount": "111111111111" } } }],
    [
      "where a negated operator does not hold",
      { Condition: { StringNotEquals: { "aws:SourceAccount": "2" } } },
    ],
    [
      "where a key is not asked for that is absent",
      { Condition: { StringEqualsIfExists: { "aws:Else": "2" } } },
    ],
    [
      "where a negated operator asks for an absent key",
      { Condition: { ArnNotLike: { "aws:Else": "arn:*" } } },
    ],
  ])("%s", (_, changed) => {
    expect(isAllowed({ ...ALLOWED, ...changed })).toBe(true);
  });
});

describe("a statement does not allow", () => {
  it.each<[string, object]>([
    ["another action", { Action: "logs:CreateLogStream" }],
    ["another service", { Principal: { Service: "lambda.amazonaws.com" } }],
    ["a principal of another kind", { Principal: { AWS: "arn:aws:iam::111111111111:root" } }],
    ["the streams of a group whose ARN stands without `:*`", { Resource: ALLOWED.Resource.slice(0, -2) }],
    [
      "where ArnLike does not hold",
      { Condition: { ArnLike: { "aws:SourceArn": RULE.replace("log", "lane") } } },
    ],
    [
      "an ARN by a wildcard that would reach beyond a colon",
      { Condition: { ArnLike: { "aws:SourceArn": "arn:*" } } },
    ],
    ["where a key is absent", { Condition: { StringLike: { "aws:Else": "*" } } }],
    [
      "where one condition of two does not hold",
      {
        Condition: { ArnLike: { "aws:SourceArn": RULE }, StringEquals: { "aws:SourceAccount": "2" } },
      },
    ],
  ])("%s", (_, changed) => {
    expect(isAllowed({ ...ALLOWED, ...changed })).toBe(false);
  });

  it("what another denies", () => {
    expect(isAllowed(ALLOWED, { ...ALLOWED, Effect: "Deny" })).toBe(false);
  });
});

it.each([
  ["{", "The policy is not JSON."],
  ["[]", "The policy is not a JSON object."],
  ["{}", "The policy has no statement."],
  ['{"Statement":[1]}', "A statement of the policy is not a JSON object."],
  ['{"Statement":{"Effect":"Perhaps"}}', "The effect of a statement must be Allow or Deny."],
  ['{"Statement":{"Effect":"Allow","Condition":{"ArnLike":1}}}', "not a JSON object of operators"],
  [
    '{"Statement":{"Effect":"Allow","Condition":{"DateLessThan":{}}}}',
    "DateLessThan is not implemented here.",
  ],
])("a policy such as %s is refused", (document, reason) => {
  expect(() => policyStatements(document)).toThrow(reason);
});
