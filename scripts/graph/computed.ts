// What AWS makes up itself for a resource, by Pulumi's own code: the properties that nobody can give.
import { readFileSync } from "node:fs";
import { requireFrom } from "./esbuild.ts";

/** How Pulumi's generated classes mark one. */
const COMPUTED = /resourceInputs\["(\w+)"\] = undefined \/\*out\*\//g;

/**
 * A stand-in for each such property. One that stayed undefined would vanish from wherever it is used,
 * and the graph would look whole.
 */
export function standInsOf(platform: string, type: string, name: string): Record<string, string> {
  const computed = [...sourceOf(platform, type).matchAll(COMPUTED)].map(([, property = ""]) => property);
  const telling = computed.filter((property) => property !== "tagsAll");
  return Object.fromEntries(telling.map((property) => [property, `${name}-${property}`]));
}

/** `aws:sqs/queue:Queue` is in @pulumi/aws/sqs/queue.js; components are in none. */
function sourceOf(platform: string, type: string): string {
  const [, pack, module] = /^(\w+):([\w/]+):\w+$/.exec(type) ?? [];
  if (pack === undefined || module === undefined || pack === "sst" || pack === "pulumi") return "";
  const path = `@pulumi/${pack}/${module.replace(/^index\//, "")}.js`;
  return readFileSync(requireFrom(platform).resolve(path), "utf8");
}
