// Pulumi's engine, played: it takes each resource, writes it down, and answers as AWS would.
import { ACCOUNT, attributesOf, type Inputs } from "./attributes.ts";
import { standInsOf } from "./computed.ts";
import { requireFrom } from "./esbuild.ts";
import { plain } from "./plain.ts";
import { policyOf } from "./policy.ts";
import { isOfStack, type OutputsRequest, type Request, resourceOf } from "./request.ts";
import { type Resource, STACK } from "./resource.ts";

type Respond = (error: Error | null, response: unknown) => void;
type Register = (this: unknown, request: Request, respond: Respond) => Promise<void>;
type RegisterOutputs = (this: unknown, request: OutputsRequest, respond: Respond) => void;
type MockMonitor = { prototype: object };
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
  const { MockMonitor } = require("@pulumi/pulumi/runtime/mocks") as { MockMonitor: MockMonitor };
  const lastRequest = listen(MockMonitor);
  onStackOutputs(MockMonitor, (outputs) => {
    const stack = resources.find((resource) => resource.type === STACK);
    if (stack !== undefined) Object.assign(stack.outputs, plain(outputs));
  });
  const newResource = ({ type, name, id, inputs }: MockResource) => {
    const attributes = attributesOf(type, { logicalName: name, id, inputs, region });
    resources.push(resourceOf(lastRequest(), plain(inputs), attributes));
    return { id: attributes.id, state: { ...standInsOf(platform, type, name), ...inputs, ...attributes } };
  };
  await runtime.setMocks({ newResource, call: (call: MockCall) => answer(call, region) }, app, stage, false);
  return { run: (program) => runtime.runInPulumiStack(program), resources };
}

/** Pulumi's mocks are not told a resource's options, but are called as soon as it is asked for. */
function listen({ prototype }: MockMonitor): () => Request {
  const methods = prototype as { registerResource: Register; readResource: Register };
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

/** What the program returns; `_protect` is SST's own. */
function onStackOutputs({ prototype }: MockMonitor, hear: (outputs: Inputs) => void): void {
  const methods = prototype as { registerResourceOutputs: RegisterOutputs };
  const original = methods.registerResourceOutputs;
  methods.registerResourceOutputs = function (request, respond) {
    const { _protect, ...outputs } = request.getOutputs()?.toJavaScript() ?? {};
    if (isOfStack(request)) hear(outputs);
    return original.call(this, request, respond);
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
