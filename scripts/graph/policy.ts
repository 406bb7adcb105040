// The JSON that AWS's provider makes of a policy document, as far as SST's components ask for it.
import type { Inputs } from "./attributes.ts";

type Principal = { type: string; identifiers: string[] };
type Condition = { test: string; variable: string; values: string[] };
type Statement = {
  sid?: string;
  effect?: string;
  actions?: string[];
  resources?: string[];
  principals?: Principal[];
  conditions?: Condition[];
};

export function policyOf({ statements = [], sourcePolicyDocuments = [] }: Inputs): Record<string, unknown> {
  const sources = (sourcePolicyDocuments as string[]).flatMap((source) => JSON.parse(source).Statement);
  return { Version: "2012-10-17", Statement: [...sources, ...(statements as Statement[]).map(statementOf)] };
}

function statementOf({ sid, effect = "Allow", actions, resources, principals, conditions }: Statement) {
  return {
    ...(sid && { Sid: sid }),
    Effect: effect,
    ...(principals && { Principal: principalOf(principals) }),
    Action: single(actions),
    ...(resources && { Resource: single(resources) }),
    ...(conditions && { Condition: conditionOf(conditions) }),
  };
}

function principalOf(principals: Principal[]): unknown {
  if (principals.some(({ type }) => type === "*")) return "*";
  return Object.fromEntries(principals.map(({ type, identifiers }) => [type, single(identifiers)]));
}

function conditionOf(conditions: Condition[]): Record<string, Record<string, unknown>> {
  const merged: Record<string, Record<string, unknown>> = {};
  for (const { test, variable, values } of conditions) {
    merged[test] = { ...merged[test], [variable]: single(values) };
  }
  return merged;
}

/** IAM writes a list of one without its brackets. */
function single(values: string[] = []): unknown {
  return values.length === 1 ? values[0] : values;
}
