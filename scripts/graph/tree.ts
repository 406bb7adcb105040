// A graph for people: each component with its parts, what belongs to none, and what SST shows at the end, a line each.
import { type Resource, STACK } from "./resource.ts";
import { tellingOf } from "./telling.ts";

/** What is there for SST's own bookkeeping. */
const INNER = new Set([STACK, "sst:sst:LinkRef"]);

/** Characters of a line. */
const WIDTH = 132;

type Group = { title: string; members: Resource[] };

/** Resources that differ by a number in their names, such as the rules of the lanes, share a line. */
const NUMBER = /-\d\d\b/;

type Line = { name: string; telling: string };

export function treeOf(resources: Resource[]): string {
  const shown = resources.filter(({ type }) => !INNER.has(type));
  const lines = groupsOf(shown).flatMap(({ title, members }) => ["", title, ...linesOf(members)]);
  return [`${shown.length} resources`, ...lines, ...outputLines(resources)].join("\n");
}

function outputLines(resources: Resource[]): string[] {
  const { id, ...outputs } = resources.find(({ type }) => type === STACK)?.outputs ?? {};
  const rows = Object.entries(outputs);
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name]) => name.length));
  return ["", "outputs", ...rows.map(([name, value]) => cut(`  ${name.padEnd(width)}  ${value}`))];
}

function groupsOf(resources: Resource[]): Group[] {
  const components = resources.filter(isComponent);
  const parts = resources.filter((resource) => !isComponent(resource));
  const loose = parts.filter(({ parent }) => parent === undefined);
  return [
    ...components.map((component) => ({
      title: `${component.name}: ${component.type.replaceAll(":", ".").replace("sst.sst.", "sst.")}`,
      members: parts.filter(({ parent }) => parent === component.name),
    })),
    ...[...Map.groupBy(loose, serviceOf)].map(([title, members]) => ({ title, members })),
  ];
}

function isComponent({ type }: Resource): boolean {
  return type.startsWith("sst:");
}

/** `aws:sqs/queue:Queue` is aws.sqs. */
function serviceOf({ type }: Resource): string {
  return type.slice(0, type.indexOf("/")).replace(":", ".");
}

function linesOf(members: Resource[]): string[] {
  const lines = [...Map.groupBy(members, patternOf)].flatMap(([pattern, alike]) => lineOf(pattern, alike));
  const width = Math.max(...lines.map(({ name }) => name.length));
  return lines.map(({ name, telling }) => cut(`  ${name.padEnd(width)}  ${telling}`));
}

function patternOf(resource: Resource): string {
  return nameOf(resource).replace(NUMBER, "-*");
}

function lineOf(pattern: string, [first, ...others]: Resource[]): Line[] {
  if (first === undefined) return [];
  const telling = tellingOf(first);
  if (others.length === 0) return [{ name: nameOf(first), telling }];
  return [{ name: `${others.length + 1} × ${pattern}`, telling: telling.replace(NUMBER, "-*") }];
}

/** `aws:sqs/queue:Queue` is a queue. */
function nameOf({ type, name }: Resource): string {
  return `${type.slice(type.lastIndexOf("/") + 1, type.lastIndexOf(":"))} ${name}`;
}

function cut(line: string): string {
  const text = line.trimEnd();
  return text.length > WIDTH ? `${text.slice(0, WIDTH - 1)}…` : text;
}
