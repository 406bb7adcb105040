// What targets get. The expected texts of templates are those recorded from AWS, where there are any.
import { describe, expect, it } from "vitest";
import type { EventBridgeEvent } from "./event.ts";
import type { MissingPath } from "./template.ts";
import { compileInput } from "./transform.ts";

const EVENT: EventBridgeEvent = {
  version: "0",
  id: "7bf73129",
  "detail-type": "order",
  source: "shop",
  account: "000000000000",
  time: "2026-11-21T10:00:00Z",
  region: "us-east-1",
  resources: [],
  detail: {
    id: "0a787ecb-4015",
    payload: { acc_id: "0a787ecb-4015", sf_id: "baz" },
    one: ["HIGH"],
    two: ["ACTIVE", "INACTIVE"],
    items: [{ sku: "a" }, { sku: "b" }, {}],
    valid: true,
    nothing: null,
    quote: 'say "hi"',
    amount: 12.5,
  },
};

const PATHS = {
  id: "$.detail.id",
  payload: "$.detail.payload",
  one: "$.detail.one",
  two: "$.detail.two",
  valid: "$.detail.valid",
  nothing: "$.detail.nothing",
  quote: "$.detail.quote",
  amount: "$.detail.amount",
  missing: "$.detail.not.there",
  "detail-type": "$.detail-type",
};

function inputOf(target: object, missingPath: MissingPath = "empty-string") {
  const rule = { arn: "arn:aws:events:us-east-1:000000000000:rule/r", name: "r" };
  const input = compileInput({ Id: "t", Arn: "arn:aws:sqs:us-east-1:0:q", ...target }, missingPath);
  return input({ event: EVENT, rule, ingestionTime: "2026-11-21T10:00:01Z" });
}

function filled(InputTemplate: string, missingPath?: MissingPath) {
  return inputOf({ InputTransformer: { InputPathsMap: PATHS, InputTemplate } }, missingPath);
}

describe("a target's input", () => {
  it("is the whole event when nothing is said", () => {
    expect(inputOf({})).toBe(JSON.stringify(EVENT));
  });

  it("can be a constant", () => {
    expect(inputOf({ Input: '{"a": 1}' })).toBe('{"a": 1}');
  });

  it.each([
    ["$.detail.payload", '{"acc_id":"0a787ecb-4015","sf_id":"baz"}'],
    ["$.detail.payload.sf_id", '"baz"'],
    ["$.detail-type", '"order"'],
    ["$.detail.two[1]", '"INACTIVE"'],
    ["$.detail.items[*].sku", '["a","b",null]'],
    ["$.detail.nothing", "null"],
    ["$.detail.nowhere", '""'],
    ["$.detail.__proto__", '""'],
    ["$.detail.two.length", '""'],
    ["$", JSON.stringify(EVENT)],
  ])("can be the part of the event at %s", (InputPath, body) => {
    expect(inputOf({ InputPath })).toBe(body);
  });

  it.each([
    ['{"id" : <id>}', '{"id" : "0a787ecb-4015"}'],
    ['{"id" : "<id>"}', '{"id" : "0a787ecb-4015"}'],
    ['{"path": "users/<id>/second/<id>"}', '{"path": "users/0a787ecb-4015/second/0a787ecb-4015"}'],
    ['{"bod": [<id>, "fixed"]}', '{"bod": ["0a787ecb-4015", "fixed"]}'],
    ['{"bod": <payload>}', '{"bod": {"acc_id":"0a787ecb-4015","sf_id":"baz"}}'],
    ['{"list": <one>}', '{"list": ["HIGH"]}'],
    ['{"n": <amount>, "v": <valid>, "z": <nothing>}', '{"n": 12.5, "v": true, "z": null}'],
    ['{"q": <quote>}', '{"q": "say \\"hi\\""}'],
    ['{"type": <detail-type>, "missing": <missing>}', '{"type": "order", "missing": ""}'],
    ['{"missing": "no <missing>here"}', '{"missing": "no here"}'],
    ["<payload>", '{"acc_id":"0a787ecb-4015","sf_id":"baz"}'],
    ['"Order <id> is <valid>, <amount>"', '"Order 0a787ecb-4015 is true, 12.5"'],
    ['"<one> one, <two> two"', '"[HIGH] one, [ACTIVE,INACTIVE] two"'],
    ['"Payload <payload>!"', '"Payload {acc_id:0a787ecb-4015,sf_id:baz}!"'],
    ['"first <id>"\n"second <missing>"', '"first 0a787ecb-4015"\n"second "'],
    ['"escaped \\"<id>\\" quotes"', '"escaped \\"0a787ecb-4015\\" quotes"'],
    ['"{[/<detail-type> 1 < 2 > 1"', '"{[/order 1 < 2 > 1"'],
  ])("can be the filled template %j", (template, body) => {
    expect(filled(template)).toBe(body);
  });

  it.each(['{"list": "<one>"}', '{"payload": "<payload>"}', '{"q": "<quote>"}'])(
    "is nothing when a value in quotes breaks the JSON of %s",
    (template) => {
      expect(filled(template)).toBeUndefined();
    },
  );

  it("has AWS's own variables for templates", () => {
    const template = '"<aws.events.rule-arn> <aws.events.rule-name> <aws.events.event.ingestion-time>"';
    expect(filled(template)).toBe('"arn:aws:events:us-east-1:000000000000:rule/r r 2026-11-21T10:00:01Z"');
    expect(filled('{"e": <aws.events.event.json>}')).toBe(JSON.stringify({ e: EVENT }).replace(":", ": "));
    const { e } = JSON.parse(filled('{"e": <aws.events.event>}') ?? "") as { e: object };
    expect(e).not.toHaveProperty("detail");
    expect(e).toMatchObject({ detailType: "order", id: "7bf73129", time: "2026-11-21T10:00:00Z" });
  });

  it("is the same for the same event, whatever id and time its envelope has", () => {
    const target = {
      Id: "t",
      Arn: "arn:x:y:z",
      InputTransformer: { InputPathsMap: PATHS, InputTemplate: '{"p":<payload>}' },
    };
    const input = compileInput(target, "empty-string");
    const rule = { arn: "arn", name: "r" };
    const again = { ...EVENT, id: "another", time: "2027-01-01T00:00:00Z" };
    expect(input({ event: again, rule, ingestionTime: "later" })).toBe(
      input({ event: EVENT, rule, ingestionTime: "now" }),
    );
  });
});

describe("a path that is missing in the event", () => {
  const template = '{"a":<missing>,"b":[<missing>,1],"c":"<missing>","d":<id>}';

  it.each([
    ["empty-string", '{"a":"","b":["",1],"c":"","d":"0a787ecb-4015"}'],
    ["null", '{"a":null,"b":[null,1],"c":"","d":"0a787ecb-4015"}'],
    ["absent", '{"b":[null,1],"c":"","d":"0a787ecb-4015"}'],
  ] as const)("can become %s", (missingPath, body) => {
    expect(filled(template, missingPath)).toBe(body);
  });

  it("leaves a template that uses only what is there as it stands", () => {
    expect(filled('{ "d" : <id> }', "absent")).toBe('{ "d" : "0a787ecb-4015" }');
  });

  it("can become null for an input path too", () => {
    expect(inputOf({ InputPath: "$.nowhere" }, "null")).toBe("null");
  });
});

describe("PutTargets refuses", () => {
  const hundred = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`v${at}`, "$.id"]));

  it.each([
    [
      { InputPath: "$", Input: "1" },
      "Only one of Input, InputPath, or InputTransformer must be provided for target t.",
    ],
    [{ Input: "{" }, "Input for target t is not a valid JSON text."],
    [{ InputPath: "detail" }, "InputPath for target t is not a valid JSON path: detail"],
    [{ InputPath: "$.a['b']" }, "InputPath for target t is not a valid JSON path: $.a['b']"],
    [{ InputTransformer: {} }, "Value null at 'inputTemplate'"],
    [
      { InputTransformer: { InputTemplate: '"<who>"' } },
      "InputTemplate for target t contains invalid placeholder who.",
    ],
    [
      { InputTransformer: { InputTemplate: '{"a": }' } },
      "InputTemplate for target t is not a valid JSON text.",
    ],
    [{ InputTransformer: { InputTemplate: `"${"x".repeat(8191)}"` } }, "length less than or equal to 8192"],
    [
      { InputTransformer: { InputTemplate: "1", InputPathsMap: { a: "b" } } },
      "an invalid JSON path for a: b",
    ],
    [
      { InputTransformer: { InputTemplate: "1", InputPathsMap: { "aws.events.event": "$" } } },
      "an invalid variable name",
    ],
    ...["AWS", "AWSid", "AWS_id", "AWS-id"].map((name): [object, string] => [
      { InputTransformer: { InputTemplate: "1", InputPathsMap: { [name]: "$.id" } } },
      `a variable name that starts with AWS: ${name}`,
    ]),
    [
      { InputTransformer: { InputTemplate: "1", InputPathsMap: { ["n".repeat(257)]: "$.id" } } },
      "an invalid variable name",
    ],
    [
      { InputTransformer: { InputTemplate: "1", InputPathsMap: { a: `$.${"p".repeat(255)}` } } },
      "length less than or equal to 256",
    ],
    [{ InputPath: `$.${"p".repeat(255)}` }, "length less than or equal to 256"],
    ...['{"<v1>":1}', '{"a":[{"is <v1>":1}]}', "{<v1>:1}"].map((InputTemplate): [object, string] => [
      { InputTransformer: { InputTemplate, InputPathsMap: hundred } },
      "InputTemplate for target t",
    ]),
    [
      { InputTransformer: { InputTemplate: "1", InputPathsMap: { ...hundred, w: "$" } } },
      "has 101 variables, 100 are allowed",
    ],
  ])("%j", (target, message) => {
    expect(() => inputOf(target)).toThrow(
      expect.objectContaining({ code: "ValidationException", message: expect.stringContaining(message) }),
    );
  });

  it("neither 100 variables nor a template of 8,192 characters", () => {
    const template = `"<v99>${"x".repeat(8185)}"`;
    expect(template).toHaveLength(8192);
    expect(inputOf({ InputTransformer: { InputTemplate: template, InputPathsMap: hundred } })).toMatch(
      /^"7bf73129x+"$/,
    );
  });

  it.each(["aws", "awsRegion", "Aws_1", "xAWS"])("not the variable name %s", (name) => {
    const InputTransformer = { InputTemplate: `{"a":<${name}>}`, InputPathsMap: { [name]: "$.id" } };
    expect(inputOf({ InputTransformer })).toMatch(/^\{"a":"7bf73129/);
  });
});
