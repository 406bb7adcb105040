// What a resource is given, as JSON. What Pulumi could not resolve is a mistake here, for in AWS it would be one.
import type { Inputs } from "./attributes.ts";

/** Pulumi's marks, from its sdk/nodejs/runtime/rpc.ts. */
const SECRET = "4dabf18193072939515e22adb298388d";
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** `undefined` inside of an ARN, a URL or a list, and not as a word between others. */
const UNRESOLVED = /(?<![\w ])undefined(?![\w ])|Calling \[toString\] on an \[Output/;

/** Characters of a text that is refused. */
const LONGEST_SHOWN = 200;

/** @throws Error that names the property which holds nothing, or an output's own text */
export function plain(inputs: Inputs): Inputs {
  return plainObject(inputs, "");
}

function plainObject(object: Inputs, path: string): Inputs {
  const members = Object.entries(object).map(([name, value]) => [name, plainValue(value, `${path}.${name}`)]);
  return Object.fromEntries(members);
}

function plainValue(value: unknown, path: string): unknown {
  if (typeof value === "string") return resolved(value, path);
  if (Array.isArray(value))
    return value.map((item, index) => plainValue(present(item, path), `${path}[${index}]`));
  if (typeof value !== "object" || value === null) return value;
  if (isAsset(value)) return value.constructor.name;
  if (SECRET in value) return plainValue((value as Inputs).value, path);
  return plainObject(value as Inputs, path);
}

function resolved(text: string, path: string): string {
  if (!text.includes(UNKNOWN) && !UNRESOLVED.test(text)) return text;
  const [first = ""] = text.split("\n");
  throw new Error(`${path.slice(1)} has an output in it that says nothing: ${first.slice(0, LONGEST_SHOWN)}`);
}

function present(item: unknown, path: string): unknown {
  if (item !== undefined && item !== null) return item;
  throw new Error(`${path.slice(1)} lists something that is not there.`);
}

/** A file or a folder that would be uploaded: where it lies here says nothing. */
function isAsset(value: object): boolean {
  return "__pulumiAsset" in value || "__pulumiArchive" in value;
}
