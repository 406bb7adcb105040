import { spawnSync } from "node:child_process";
import { beforeAll, describe, expect, it } from "vitest";
import { ROOT } from "../scripts/graph/platform.ts";
import { graphOf, type Resource } from "../scripts/graph.ts";
import { graphOfConfig, graphOfRun } from "./fixtures/project.ts";

const PARTNER_BUS = "aws.partner/stripe.com/ed_1";

const SECONDS = 1_000;

function named(resources: Resource[], name: string): Resource {
  const found = resources.find((resource) => resource.name === name);
  if (found === undefined) throw new Error(`There is no ${name} among ${resources.map((one) => one.name)}.`);
  return found;
}

function graph(...args: string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/graph.ts", ...args], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return { status, stdout, stderr };
}

describe("the graph of a stage", { timeout: 60 * SECONDS }, () => {
  let dev: Resource[];

  beforeAll(async () => {
    dev = await graphOf("dev");
  });

  it("names nothing of AWS that it does not hold", () => {
    const known = dev
      .flatMap(({ outputs }) => [outputs.arn, outputs.url])
      .filter((id) => typeof id === "string");
    const text = dev.map(({ inputs }) => JSON.stringify(inputs)).join("\n");
    const told = [
      ...text.matchAll(/arn:aws:(?:sqs|sns|dynamodb|lambda|iam):[\w:./-]+|https:\/\/sqs[\w:./-]+/g),
    ];
    const unknown = told.filter(([id]) => !known.some((one) => id === one || id.startsWith(`${one}/`)));
    expect(told.length).toBeGreaterThan(20);
    expect(unknown.map(([id]) => id)).toEqual([]);
  });

  it("stands in for what only AWS can make up, so that nothing vanishes", () => {
    const { environment } = named(dev, "WorkerFunction").inputs as { environment: { variables: object } };
    expect(environment.variables).toHaveProperty("SST_KEY", "LambdaEncryptionKey-base64");
  });

  it("is the same each time, to the letter and in order", async () => {
    const names = dev.map(({ type, name }) => `${type} ${name}`);
    expect(names).toEqual(names.toSorted());
    expect(await graphOf("dev", { env: { ASKED: "again" } })).toEqual(dev);
  });

  it("says of each part whose it is, and what must be there before it", () => {
    const { parent, options } = named(dev, "WorkerFunction");
    expect(parent).toBe("Worker");
    expect(options.dependsOn).toEqual(expect.arrayContaining(["TableTable", "LanesQueue", "WorkerRole"]));
  });

  it("refuses a stage that SST refuses", async () => {
    await expect(graphOf("my_stage")).rejects.toThrow(
      /^A stage's name has only letters, digits and hyphens, as in my-stage: not "my_stage"\.$/,
    );
    await expect(graphOf("")).rejects.toThrow(/^A stage's name/);
  });
});

describe("npm run graph", { timeout: 60 * SECONDS }, () => {
  it("prints one JSON array with --json, and nothing else", () => {
    const { status, stdout, stderr } = graph("--stage", "dev", "--json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const resources = JSON.parse(stdout);
    expect(resources).toContainEqual(
      expect.objectContaining({ type: "aws:sqs/queue:Queue", name: "LanesQueue" }),
    );
  });

  it("prints a tree without --json", () => {
    const { status, stdout } = graph("--stage", "dev");
    expect(status).toBe(0);
    expect(stdout).toMatch(/^Worker: sst\.aws\.Function$/m);
    expect(stdout).toMatch(/^ {2}function WorkerFunction {2,}nodejs24\.x, arm64, \d+ MB, \d+ s$/m);
  });

  it.each([
    ["without a stage", [], /^Say which stage: npm run graph -- --stage production \[--json\]\n$/],
    [
      "with a stage that is none",
      ["--stage", "a b"],
      /^A stage.s name must have at most 24 letters, digits and hyphens; got "a b"\.\n$/,
    ],
    [
      "with a stage that reads like another",
      ["--stage", "prod"],
      /^The stage "prod" reads like production .*\n$/,
    ],
    [
      "with an option that is none",
      ["--stage", "dev", "--yaml"],
      /^Unknown option '--yaml'\. See npm run graph -- --help\.\n$/,
    ],
  ])("says in one sentence what is wrong %s", (_, args, sentence) => {
    const { status, stdout, stderr } = graph(...args);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(stderr).toMatch(sentence);
  });
});

it("npm run graph says what a deployment says, such as that the alarms of production tell nobody", () => {
  const { status, stderr } = graph("--stage", "production");
  expect({ status, stderr }).toEqual({ status: 0, stderr: "The alarms tell nobody: set alarmEmail.\n" });
});

it("npm run graph says in one sentence what is wrong with a setting", () => {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/graph.ts", "--stage", "dev"], {
    cwd: ROOT,
    encoding: "utf8",
    env: { ...process.env, STAGE_SETTINGS: '{"lane":8}' },
  });
  expect({ status, stderr }).toEqual({
    status: 2,
    stderr: "There is no setting lane; did you mean lanes?\n",
  });
});

describe("a program", { timeout: 60 * SECONDS }, () => {
  it("is waited for until its last output has resolved", async () => {
    const late = await graphOfRun(`
      const slow = (value, ms) => new Promise((resolve) => setTimeout(() => resolve(value), ms));
      $output(slow("a", 300)).apply((name) => {
        const queue = new aws.sqs.Queue("Late", { name });
        queue.arn.apply((arn) => slow(arn, 300)).apply((arn) => { new aws.sns.Topic("Later", { name: arn }); });
      });
      console.log("prints as it likes");
    `);
    expect(named(late, "Later").inputs.name).toBe("arn:aws:sqs:us-east-1:123456789012:a");
  });

  it("gets ARNs of the region that it deploys to, and what is there already", async () => {
    const resources = await graphOfConfig(`export default $config({
      app: () => ({ name: "probe", home: "aws", providers: { aws: { region: "eu-central-1" } } }),
      async run() {
        const bus = aws.cloudwatch.EventBus.get("Bus", "${PARTNER_BUS}");
        const rule = new aws.cloudwatch.EventRule("Rule", { name: "rule", eventBusName: bus.name, eventPattern: "{}" });
        new aws.sns.Topic("Topic", { name: rule.arn }, { protect: true, ignoreChanges: ["tags"] });
      },
    })`);
    expect(named(resources, "Bus")).toMatchObject({
      outputs: { id: PARTNER_BUS, arn: `arn:aws:events:eu-central-1:123456789012:event-bus/${PARTNER_BUS}` },
      options: { existing: true },
    });
    expect(named(resources, "Topic")).toMatchObject({
      inputs: { name: `arn:aws:events:eu-central-1:123456789012:rule/${PARTNER_BUS}/rule` },
      options: { protect: true, existing: false, ignoreChanges: ["tags"], dependsOn: ["Rule"] },
    });
  });

  it.each([
    ["throws", `throw new Error("Live mode is for production.");`, /^Live mode is for production\.$/],
    [
      "throws in an output",
      `$output("a").apply(() => { throw new Error("Not like this."); });`,
      /^Not like this\.$/,
    ],
    [
      "writes an output into a text",
      `const queue = new aws.sqs.Queue("Q"); new aws.sns.Topic("T", { name: \`for \${queue.arn}\` });`,
      /new resource T \[aws:sns\/topic:Topic\]: name has an output in it that says nothing: for Calling.*supported\.$/,
    ],
    ["lacks a secret", `new sst.Secret("StripeKey");`, /StripeKey/],
    [
      "names a handler that is not there",
      `new sst.aws.Function("F", { handler: "src/none.handler" });`,
      /^There is no source for the handler src\/none\.handler\.$/,
    ],
    ["asks AWS what the graph cannot answer", `aws.ec2.getVpcOutput({});`, /does not know what AWS answers/],
    ["has a mistake in its syntax", "const = 1;", /^sst\.config\.ts:1:\d+: Expected identifier/],
  ])("that %s is refused in its own words", async (_, body, sentence) => {
    await expect(graphOfRun(body)).rejects.toThrow(sentence);
  });

  it.each([
    [
      "throws in app()",
      `export default $config({ app() { throw new Error("No such region."); } });`,
      /^No such region\.$/,
    ],
    [
      "imports on top",
      `import { app } from "./infra/app.ts"; export default $config({ app });`,
      /sst\.config\.ts imports on top/,
    ],
    ["has no name", `export default $config({ app: () => ({ home: "aws" }) });`, /^The app's name begins/],
  ])("whose sst.config.ts %s is refused", async (_, config, sentence) => {
    await expect(graphOfConfig(config)).rejects.toThrow(sentence);
  });
});
