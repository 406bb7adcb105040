// A resource of the graph: what Pulumi would be asked for, and what AWS would call it.

/** What Pulumi calls the stage as a whole. */
export const STACK = "pulumi:pulumi:Stack";

export type Resource = {
  /** Pulumi's type: `aws:sqs/queue:Queue`, `sst:aws:Queue`. */
  type: string;
  /** The logical name; `inputs` and `outputs` hold the physical one. */
  name: string;
  /** The logical name of the component that it is part of. */
  parent?: string;
  inputs: Record<string, unknown>;
  /** Of the stack itself, what SST shows after a deployment. */
  outputs: { id: unknown; arn?: unknown; url?: unknown; [shown: string]: unknown };
  options: ResourceOptions;
};

type ResourceOptions = {
  protect: boolean;
  retainOnDelete: boolean;
  deleteBeforeReplace: boolean;
  ignoreChanges: string[];
  /** Looked up or imported instead of made. */
  existing: boolean;
  /** Logical names of all that must be there first. */
  dependsOn: string[];
};

/** What the process that runs a stage's program says when it is done. */
export type Told = { resources: Resource[] } | { mistake: string };
