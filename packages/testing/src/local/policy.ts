// Resource policies: whether one lets a service do something, as IAM's evaluation logic has it.
// The context keys of a request that it does not carry fail every condition that asks for them.

export type PolicyRequest = {
  /** Such as `events.amazonaws.com`. */
  service: string;
  /** Such as `logs:PutLogEvents`. */
  action: string;
  /** ARN. */
  resource: string;
  /** Condition keys that the request carries, such as `aws:SourceArn`. */
  context: Readonly<Record<string, string>>;
};

type Members = Readonly<Record<string, unknown>>;
export type PolicyStatement = {
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: unknown;
  readonly Action?: unknown;
  readonly Resource?: unknown;
  readonly Condition?: Readonly<Record<string, Members>>;
};

type Operator = (wanted: string, actual: string) => boolean;

const OPERATORS: Readonly<Record<string, Operator>> = {
  StringEquals: (wanted, actual) => wanted === actual,
  StringEqualsIgnoreCase: (wanted, actual) => wanted.toLowerCase() === actual.toLowerCase(),
  StringLike: like,
  ArnEquals: arnLike,
  ArnLike: arnLike,
};

const NEGATED: Readonly<Record<string, string>> = {
  StringNotEquals: "StringEquals",
  StringNotEqualsIgnoreCase: "StringEqualsIgnoreCase",
  StringNotLike: "StringLike",
  ArnNotEquals: "ArnEquals",
  ArnNotLike: "ArnLike",
};

export class InvalidPolicy extends Error {}

/** The statements of a policy document in JSON; throws `InvalidPolicy` for what is none, or is not known here. */
export function policyStatements(document: string): PolicyStatement[] {
  const { Statement } = parsed(document) as { Statement?: unknown };
  const statements = listOf(Statement);
  if (statements.length === 0) throw new InvalidPolicy("The policy has no statement.");
  return statements.map(checked);
}

/** Whether a statement allows the request and none denies it. */
export function allows(statements: readonly PolicyStatement[], request: PolicyRequest): boolean {
  const effects = statements.filter((one) => covers(one, request)).map(({ Effect }) => Effect);
  return effects.includes("Allow") && !effects.includes("Deny");
}

/** `*` stands for any characters, `?` for one. */
export function like(pattern: string, text: string): boolean {
  const parts = pattern
    .replaceAll(/[\\^$.+|()[\]{}]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${parts}$`, "s").test(text);
}

/** The six parts of an ARN are compared each on its own: a wildcard does not reach beyond its colons. */
function arnLike(pattern: string, arn: string): boolean {
  const [wanted, actual] = [arnParts(pattern), arnParts(arn)];
  return wanted.length === actual.length && wanted.every((part, at) => like(part, actual[at] ?? ""));
}

function arnParts(arn: string): string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function parsed(document: string): object {
  try {
    const policy: unknown = JSON.parse(document);
    if (isMembers(policy)) return policy;
  } catch {
    throw new InvalidPolicy("The policy is not JSON.");
  }
  throw new InvalidPolicy("The policy is not a JSON object.");
}

function checked(statement: unknown): PolicyStatement {
  if (!isMembers(statement)) throw new InvalidPolicy("A statement of the policy is not a JSON object.");
  const { Effect, Condition = {} } = statement;
  if (Effect !== "Allow" && Effect !== "Deny")
    throw new InvalidPolicy("The effect of a statement must be Allow or Deny.");
  if (!isMembers(Condition) || !Object.values(Condition).every(isMembers))
    throw new InvalidPolicy("The condition of a statement is not a JSON object of operators.");
  const unknown = Object.keys(Condition).find((name) => !(plain(name) in OPERATORS));
  if (unknown !== undefined)
    throw new InvalidPolicy(`The condition operator ${unknown} is not implemented here.`);
  return statement as PolicyStatement;
}

function covers(statement: PolicyStatement, request: PolicyRequest): boolean {
  const { Principal, Action, Resource, Condition = {} } = statement;
  return (
    isPrincipal(Principal, request.service) &&
    textsOf(Action).some((action) => like(action.toLowerCase(), request.action.toLowerCase())) &&
    textsOf(Resource).some((resource) => like(resource, request.resource)) &&
    Object.entries(Condition).every(([operator, keys]) => holds(operator, keys, request))
  );
}

function isPrincipal(principal: unknown, service: string): boolean {
  if (principal === "*") return true;
  return isMembers(principal) && textsOf(principal.Service).includes(service);
}

function holds(name: string, keys: Members, { context }: PolicyRequest): boolean {
  const operator = OPERATORS[plain(name)] as Operator;
  const isNegated = withoutIfExists(name) in NEGATED;
  return Object.entries(keys).every(([key, wanted]) => {
    const actual = contextValue(context, key);
    if (actual === undefined) return isNegated || name.endsWith(IF_EXISTS);
    return textsOf(wanted).some((one) => operator(one, actual)) !== isNegated;
  });
}

const IF_EXISTS = "IfExists";

const withoutIfExists = (name: string) =>
  name.endsWith(IF_EXISTS) ? name.slice(0, -IF_EXISTS.length) : name;

const plain = (name: string) => NEGATED[withoutIfExists(name)] ?? withoutIfExists(name);

/** Condition keys know no case. */
function contextValue(context: PolicyRequest["context"], key: string): string | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

function listOf(value: unknown): unknown[] {
  return value === undefined ? [] : [value].flat();
}

const textsOf = (value: unknown) => listOf(value).map(String);

function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
