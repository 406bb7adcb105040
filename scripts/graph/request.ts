// What Pulumi asks its engine for when a program makes a resource, or looks one up.
import type { Inputs } from "./attributes.ts";
import { type Resource, STACK } from "./resource.ts";

/** The part of Pulumi's message that is read; looking up has no more than the first four. */
export type Request = {
  getType(): string;
  getName(): string;
  getParent(): string;
  getDependenciesList(): string[];
  getProtect?(): boolean;
  getRetainondelete?(): boolean;
  getDeletebeforereplace?(): boolean;
  getIgnorechangesList?(): string[];
  getImportid?(): string;
};

/** What Pulumi tells its engine when a component, or the stack, is done. */
export type OutputsRequest = {
  getUrn(): string;
  getOutputs(): { toJavaScript(): Inputs } | undefined;
};

export function isOfStack(request: OutputsRequest): boolean {
  return request.getUrn().split("::")[2] === STACK;
}

export function resourceOf(request: Request, inputs: Inputs, { id, arn, url }: Inputs): Resource {
  const parent = nameIn(request.getParent());
  return {
    type: request.getType(),
    name: request.getName(),
    ...(parent !== undefined && { parent }),
    inputs,
    outputs: { id, ...(arn !== undefined && { arn }), ...(url !== undefined && { url }) },
    options: {
      protect: request.getProtect?.() ?? false,
      retainOnDelete: request.getRetainondelete?.() ?? false,
      deleteBeforeReplace: request.getDeletebeforereplace?.() ?? false,
      ignoreChanges: request.getIgnorechangesList?.() ?? [],
      existing: request.getImportid?.() !== "",
      dependsOn: namesIn(request.getDependenciesList()),
    },
  };
}

function namesIn(urns: string[]): string[] {
  return urns.flatMap((urn) => nameIn(urn) ?? []).sort();
}

/** From `urn:pulumi:<stack>::<app>::<types>::<name>`; the stack itself is nobody's parent. */
function nameIn(urn: string): string | undefined {
  const [, , types, name] = urn.split("::");
  return types === STACK ? undefined : name;
}
