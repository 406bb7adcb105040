import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseEnv } from "node:util";
import { PARK_REASONS } from "@stripe-lanes/core/park-reasons";
import { beforeAll, describe, expect, it } from "vitest";
import { type Graph, production, staging, statementsOf } from "../../../infra/fixtures/stages.ts";
import { settingsOf, toldIn } from "../../../infra/stage-settings.ts";
import { COMMANDS as DLQ_COMMANDS } from "./dlq/options.ts";
import { USAGE as DLQ_USAGE } from "./dlq/usage.ts";
import { USAGE as START_USAGE } from "./options.ts";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
const PAGES = ["deploy", "operate", "troubleshoot", "live-debugging", "security"];
const GUIDES = ["CONTRIBUTING.md", ...PAGES.map((page) => `docs/${page}.md`)];
const LONGEST = 200;

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const isThere = (path: string) => existsSync(join(ROOT, path));
const all = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map((match) => match[1] ?? "");
const without = (words: string[], known: (word: string) => boolean) => words.filter((word) => !known(word));

type Package = { scripts: Record<string, string>; devDependencies: Record<string, string> };

const { scripts, devDependencies } = JSON.parse(read("package.json")) as Package;
const SETTINGS = Object.keys(settingsOf("staging")).filter((name) => name !== "stage" && name !== "kind");

/** Where the options of each of our commands are told. */
const USAGES = { start: START_USAGE, dlq: DLQ_USAGE, graph: read("scripts/graph.ts") };

/** What the guides ask of SST's CLI. */
const SST_COMMANDS = ["deploy", "dev", "refresh", "remove", "secret", "shell", "unlock"];

/** Words of AWS, of Stripe, of the table and of dlq that nothing of a graph defines. */
const WORDS = [
  ["PENDING", "ACTIVE", "DELETED", "NONE", "AWS_PROFILE", "STAGE_SETTINGS"],
  ["AdministratorAccess", "FilterArns", "refresh"],
  ["applied", "superseded", "duplicate", "ignored", "parked", "retried", "reason"],
  ["pk", "sk", "gsi1", "gsi1pk", "parts", "state", "metadata", "secret"],
  ["staging", "production", "set", "test", "main"],
  [...DLQ_COMMANDS],
].flat();

/** What the two graphs define: names of resources, reasons of alarms, variables, and the actions of functions. */
let defined: { words: Set<string>; actions: Set<string> };

beforeAll(async () => {
  const graphs = [await staging(), await production()];
  defined = {
    words: new Set(graphs.flatMap(wordsOf)),
    actions: new Set(graphs.flatMap(actionsOf)),
  };
});

function wordsOf({ resources, of }: Graph): string[] {
  const names = resources.map(({ name }) => name);
  const given = resources.flatMap(({ inputs }) => (typeof inputs.name === "string" ? [inputs.name] : []));
  const variables = of("lambda/function:Function").flatMap(({ inputs }) =>
    Object.keys((inputs.environment as { variables: object }).variables),
  );
  const reasons = Object.keys(PARK_REASONS);
  return [...names, ...variables, ...reasons, ...given.map((name) => name.replace("-staging-", "-NAME-"))];
}

function actionsOf({ of }: Graph): string[] {
  const policies = of("iam/role:Role").flatMap(({ inputs }) => inputs.inlinePolicies as { policy: string }[]);
  return policies.flatMap(({ policy }) => statementsOf(policy).flatMap(({ Action }) => Action));
}

/** What stands in fences, line by line, and what stands between backticks. */
function codeOf(text: string): string[] {
  const fence = /```\n([\s\S]*?)```/g;
  const lines = all(text, fence).flatMap((block) => block.trim().split("\n"));
  return [...lines, ...all(text.replaceAll(fence, ""), /`([^`\n]+)`/g)];
}

function filesIn(code: string[]): string[] {
  const path = /(?:^|\s)((?:bench|examples|infra|packages|scripts|docs|\.ci)\/[\w./-]*)/g;
  return code.flatMap((line) => all(line, path));
}

describe.each(GUIDES)("%s", (path) => {
  const text = read(path);
  const code = codeOf(text);
  const find = (pattern: RegExp) => code.flatMap((line) => all(line, pattern));
  const links = all(text, /\]\(([^)#]+)/g).map((link) => join(dirname(path), link));
  const files = [...links, ...filesIn(code)];

  it(`has fewer than ${LONGEST} lines`, () => {
    expect(text.split("\n").length).toBeLessThan(LONGEST);
  });

  it("names npm scripts that there are", () => {
    const named = [...find(/npm run ([\w:-]+)/g), ...find(/npm (start|test)/g)];
    expect(named).not.toEqual([]);
    expect(without(named, (name) => Object.hasOwn(scripts, name))).toEqual([]);
  });

  it.each(Object.entries(USAGES))("gives npm %s options that it takes", (name, usage) => {
    const args = find(new RegExp(`npm (?:run )?${name} -- (.*)`, "g")).flatMap((line) =>
      all(line, /--([a-z-]+)/g),
    );
    const options = new Set(all(usage, /(?:--|^const OPTIONS = \{ |\}, )([a-z-]+)/gm));
    expect(without(args, (option) => options.has(option))).toEqual([]);
  });

  it("asks of npx what is installed, and of SST's CLI what it knows", () => {
    expect(without(find(/npx ([\w-]+)/g), (tool) => isThere(`node_modules/.bin/${tool}`))).toEqual([]);
    expect(without(find(/npx sst ([\w-]+)/g), (command) => SST_COMMANDS.includes(command))).toEqual([]);
  });

  it("names and links to files that there are", () => {
    expect(files).not.toEqual([]);
    expect(without(files, isThere)).toEqual([]);
  });

  it("shows settings that a stage takes", () => {
    const told = code.filter((line) => line.startsWith("STAGE_SETTINGS=")).map((line) => parseEnv(line));
    const settings = () => told.map((env) => settingsOf("staging", toldIn(env.STAGE_SETTINGS)));
    expect(settings).not.toThrow();
  });

  it("sets secrets that a stage has", () => {
    const secrets = find(/sst secret (?:set|remove) (\w+)/g);
    expect(without(secrets, (name) => defined.words.has(name))).toEqual([]);
  });

  it("names settings, resources, alarms and variables that there are, and what is in the files it names", () => {
    const sources = files.filter((file) => file.endsWith(".ts")).map(read);
    const isInSource = (word: string) => sources.some((source) => new RegExp(`\\b${word}\\b`).test(source));
    const known = new Set([...WORDS, ...SETTINGS]);
    const words = find(/^([A-Za-z][\w-]*)$/g);
    expect(words).not.toEqual([]);
    expect(without(words, (word) => known.has(word) || defined.words.has(word) || isInSource(word))).toEqual(
      [],
    );
  });
});

describe("the guide to contributing", () => {
  const text = read("CONTRIBUTING.md");

  it("has at most 120 lines", () => {
    expect(text.trimEnd().split("\n").length).toBeLessThanOrEqual(120);
  });

  it("has a line for each suite", () => {
    const suites = all(read("vitest.config.ts"), /name: "(\w+)"/g);
    expect(all(text, /^- \*\*(\w+)\*\*/gm).toSorted()).toEqual(suites.toSorted());
  });

  it("names the npm scripts that .ci/run checks a change with", () => {
    const checks = all(read(".ci/run"), /^npm (?:run )?([\w:]+)$/gm);
    const [, told = ""] = text.split("CI runs ");
    expect(checks).not.toEqual([]);
    expect(without(checks, (name) => new RegExp(`\`npm (run )?${name}\``).test(told))).toEqual([]);
  });

  it("and .nvmrc mean the Node that the project brings", () => {
    const major = devDependencies.node?.split(".")[0];
    expect(read(".nvmrc").trim()).toBe(major);
    expect(text).toContain(`the project's own Node ${major}`);
  });
});

describe.each([
  "README.md",
  "ARCHITECTURE.md",
  ".github/pull_request_template.md",
  ".github/ISSUE_TEMPLATE/bug.yml",
  ".github/ISSUE_TEMPLATE/feature.yml",
])("%s", (path) => {
  const text = read(path);

  it("links to files that there are, and names npm scripts that there are", () => {
    const links = all(text, /\]\(([^)#:]+)(?:#[^)]*)?\)/g).map((link) => join(dirname(path), link));
    expect(without(links, isThere)).toEqual([]);
    expect(without(all(text, /npm run ([\w:-]+)/g), (name) => Object.hasOwn(scripts, name))).toEqual([]);
  });
});

describe("the guide to deploying", () => {
  const text = read("docs/deploy.md");

  it("has a row for each setting", () => {
    const [, table = ""] = /\| setting \|.*\n([\s\S]*?)\n\n/.exec(text) ?? [];
    expect(all(table, /^\| `(\w+)` \|/gm).toSorted()).toEqual(SETTINGS.toSorted());
  });

  it("calls the logs what they are called", async () => {
    const groups = (await staging()).of("cloudwatch/logGroup:LogGroup").map(({ inputs }) => inputs.name);
    const followed = all(text, /aws logs tail (\S+)/g);
    expect(followed).toHaveLength(2);
    expect(without(followed, (name) => groups.includes(name))).toEqual([]);
  });
});

describe("the guide to security", () => {
  const text = read("docs/security.md");

  it("names every action that a function may do, and no other", () => {
    const [functions = ""] = text.split("**People.**");
    const named = new Set(all(functions, /`((?:dynamodb|sqs|logs|events):\w+)`/g));
    expect([...named].toSorted()).toEqual([...defined.actions].toSorted());
  });

  it("names every policy by which something else than a role is let in", async () => {
    const named = [...defined.words].filter((name) => name.endsWith("Policy"));
    expect(named).toHaveLength(3);
    expect(without(named, (name) => text.includes(`\`${name}\``))).toEqual([]);
  });

  it("says how long each log is kept", async () => {
    const groups = (await staging()).of("cloudwatch/logGroup:LogGroup");
    const [, table = ""] = /\| log \|.*\n([\s\S]*?)\n\n/.exec(text) ?? [];
    const kept = all(table, /\| (\d+) days \|$/gm).map(Number);
    expect(kept.toSorted()).toEqual(groups.map(({ inputs }) => inputs.retentionInDays).toSorted());
  });
});
