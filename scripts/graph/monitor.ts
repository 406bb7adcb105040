// Pulumi's engine, played: it takes each resource, writes it down, and answers as AWS would.
import { ACCOUNT, attributesOf, type Inputs } from "./attributes.ts";
import { standInsOf } from "./computed.ts";
import { requireFrom } from "./esbuild.ts";
import { plain } from "./plain.ts";
import { policyOf } from "./policy.ts";
import { type Request, resourceOf } from "./request.ts";
import type { Resource } from "./resource.ts";

type Respond = (error: Error | null, response: unknown) => void;
type Register = (this: unknown, request: Request, respond: Respond) => Promise<void>;
type MockResource = { type: string; name: string; id?: string; inputs: Inputs };
type MockCall = { token: string; inputs: Inputs };

type Pulumi = {
  runtime: {
    setMocks(mocks: object, project: string, stack: string, preview: boolean): Promise<void>;
    runInPulumiStack(init: () => Promise<unknown>): Promise<unknown>;
  };
};

export type Monitor = {
  /** Resolves when the program has returned; resources can still be on their way. */
  run(program: () => Promise<unknown>): Promise<unknown>;
  /** In the order in which they came. */
  resources: Resource[];
};

export type Stage = { platform: string; app: string; stage: string; region: string };

export async function startMonitor({ platform, app, stage, region }: Stage): Promise<Monitor> {
  const require = requireFrom(platform);
  const { runtime } = require("@pulumi/pulumi") as Pulumi;
  const resources: Resource[] = [];
  const lastRequest = listen(require("@pulumi/pulumi/runtime/mocks"));
  const newResource = ({ type, name, id, inputs }: MockResource) => {
    const attributes = attributesOf(type, { logicalName: name, id, inputs, region });
    resources.push(resourceOf(lastRequest(), plain(inputs), attributes));
    return { id: attributes.id, state: { ...standInsOf(platform, type, name), ...inputs, ...attributes } };
  };
  await runtime.setMocks({ newResource, call: (call: MockCall) => answer(call, region) }, app, stage, false);
  return { run: (program) => runtime.runInPulumiStack(program), resources };
}

/** Pulumi's mocks are not told a resource's options, but are called as soon as it is asked for. */
function listen({ MockMonitor }: { MockMonitor: { prototype: object } }): () => Request {
  const methods = MockMonitor.prototype as { registerResource: Register; readResource: Register };
  let last: Request | undefined;
  for (const method of ["registerResource", "readResource"] as const) {
    const original = methods[method];
    methods[method] = function (request, respond) {
      last = request;
      return original.call(this, request, respond);
    };
  }
  return () => {
    if (last === undefined) throw new Error("Pulumi's mocks were called without a request.");
    return last;
  };
}

function answer({ token, inputs }: MockCall, region: string): Inputs {
  const [, asked] = /:(\w+)$/.exec(token) ?? [];
  if (asked === "getCallerIdentity") {
    return { id: ACCOUNT, accountId: ACCOUNT, arn: `arn:aws:iam::${ACCOUNT}:root`, userId: ACCOUNT };
  }
  if (asked === "getRegion") return { id: region, name: region, region };
  if (asked === "getPartition") return { id: "aws", partition: "aws", dnsSuffix: "amazonaws.com" };
  if (asked === "getPolicyDocument") return { ...inputs, json: JSON.stringify(policyOf(inputs)) };
  throw unanswered(
    `The graph does not know what AWS answers to ${token}; scripts/graph/monitor.ts can learn it.`,
  );
}

/** Pulumi reads of an engine's error what gRPC puts into it. */
function unanswered(details: string): Error {
  return Object.assign(new Error(details), { details });
}
