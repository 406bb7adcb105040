// What a rule sends to its target: the event, a part of it, a constant, or a filled template.
import { invalid } from "./errors.ts";
import type { EventBridgeEvent } from "./event.ts";
import {
  type Input,
  optionalStructure,
  optionalText,
  parsedJson,
  requiredText,
  withinLength,
} from "./input.ts";
import { compilePath, type Find } from "./json-path.ts";
import { compileTemplate, InvalidTemplate, type MissingPath, type Variable } from "./template.ts";

export type Invocation = {
  readonly event: EventBridgeEvent;
  readonly rule: { readonly arn: string; readonly name: string };
  /** ISO 8601. */
  readonly ingestionTime: string;
};

/** The body for the target; nothing when an input template made no JSON of this event. */
export type TargetInput = (invocation: Invocation) => string | undefined;

// "InputTransformer" and "Target" of EventBridge's API reference.
const MAX_VARIABLES = 100;
const MAX_NAME_LENGTH = 256;
const MAX_PATH_LENGTH = 256;
const MAX_TEMPLATE_LENGTH = 8192;

const RESERVED: ReadonlyMap<string, Variable<Invocation>> = new Map<string, Variable<Invocation>>([
  ["aws.events.rule-arn", ({ rule }) => rule.arn],
  ["aws.events.rule-name", ({ rule }) => rule.name],
  ["aws.events.event.ingestion-time", ({ ingestionTime }) => ingestionTime],
  ["aws.events.event.json", ({ event }) => event],
  ["aws.events.event", ({ event }) => withoutDetail(event)],
]);

/** Compiles what PutTargets says of a target's input; throws ValidationException. */
export function compileInput(target: Input, missingPath: MissingPath): TargetInput {
  const id = requiredText(target, "Id");
  const constant = optionalText(target, "Input");
  const path = optionalText(target, "InputPath");
  const transformer = optionalStructure(target, "InputTransformer");
  const given = [constant, path, transformer].filter((each) => each !== undefined);
  if (given.length > 1) {
    throw invalid(`Only one of Input, InputPath, or InputTransformer must be provided for target ${id}.`);
  }
  if (constant !== undefined) return constantInput(id, constant);
  if (path !== undefined) return partOfEvent(id, path, missingPath);
  return transformer ? transformed(id, transformer, missingPath) : ({ event }) => JSON.stringify(event);
}

function constantInput(id: string, constant: string): TargetInput {
  const body = withinLength(constant, "input", MAX_TEMPLATE_LENGTH);
  parsedJson(body, `Input for target ${id} is not a valid JSON text.`);
  return () => body;
}

function partOfEvent(id: string, path: string, missingPath: MissingPath): TargetInput {
  withinLength(path, "inputPath", MAX_PATH_LENGTH);
  const find = compiledPath(path, `InputPath for target ${id} is not a valid JSON path: ${path}`);
  const missing = missingPath === "null" ? "null" : '""';
  return ({ event }) => JSON.stringify(find(event)) ?? missing;
}

function transformed(id: string, transformer: Input, missingPath: MissingPath): TargetInput {
  const template = withinLength(
    requiredText(transformer, "InputTemplate"),
    "inputTemplate",
    MAX_TEMPLATE_LENGTH,
  );
  const paths = optionalStructure(transformer, "InputPathsMap") ?? {};
  const names = Object.keys(paths);
  if (names.length > MAX_VARIABLES) {
    throw invalid(
      `InputPathsMap for target ${id} has ${names.length} variables, ${MAX_VARIABLES} are allowed.`,
    );
  }
  const variables = names.map((name) => [name, variable(id, name, paths)] as const);
  try {
    return compileTemplate(template, new Map([...variables, ...RESERVED]), missingPath);
  } catch (error) {
    if (error instanceof InvalidTemplate) throw invalid(`InputTemplate for target ${id} ${error.message}.`);
    throw error;
  }
}

function variable(id: string, name: string, paths: Input): Variable<Invocation> {
  const allowed = /^[A-Za-z0-9_-]+$/.test(name) && name.length <= MAX_NAME_LENGTH;
  if (!allowed) throw invalid(`InputPathsMap for target ${id} has an invalid variable name: ${name}`);
  if (name.startsWith("AWS")) {
    throw invalid(`InputPathsMap for target ${id} has a variable name that starts with AWS: ${name}`);
  }
  const path = withinLength(requiredText(paths, name), "inputPathsMap", MAX_PATH_LENGTH);
  const find = compiledPath(
    path,
    `InputPathsMap for target ${id} has an invalid JSON path for ${name}: ${path}`,
  );
  return ({ event }) => find(event);
}

function compiledPath(path: string, complaint: string): Find {
  const find = compilePath(path);
  if (!find) throw invalid(complaint);
  return find;
}

/** Recorded from AWS: in this one variable the detail type is spelt `detailType`. */
function withoutDetail(event: EventBridgeEvent) {
  const { id, account, time, source, region, resources, version } = event;
  return { id, account, detailType: event["detail-type"], time, source, region, resources, version };
}
