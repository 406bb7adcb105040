import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

type Event = Record<string, unknown>;
type Config = {
  app(input: { stage: string }): Promise<Record<string, unknown>>;
  run(): Promise<unknown>;
  console: { autodeploy: { target(event: Event): unknown } };
};

let config: Config;

beforeAll(async () => {
  vi.stubGlobal("$config", (given: unknown) => given);
  const path = "../sst.config.ts";
  ({ default: config } = (await import(path)) as { default: Config });
});

afterAll(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

describe("the app", () => {
  it("cannot be removed in production, and leaves its table behind", async () => {
    expect(await config.app({ stage: "production" })).toMatchObject({ protect: true, removal: "retain" });
    expect(await config.app({ stage: "ada" })).toMatchObject({ protect: false, removal: "remove" });
  });

  it("is of the region that the stage's settings name", async () => {
    expect(await config.app({ stage: "ada" })).toMatchObject({ providers: { aws: { region: "us-east-1" } } });
    vi.stubEnv("STAGE_SETTINGS", '{"region":"eu-central-1"}');
    expect(await config.app({ stage: "ada" })).toMatchObject({
      providers: { aws: { region: "eu-central-1" } },
    });
  });
});

describe("sst dev", () => {
  it.each(["production", "staging"])("is refused on %s before anything is made", async (stage) => {
    vi.stubGlobal("$app", { stage });
    vi.stubGlobal("$dev", true);
    await expect(config.run()).rejects.toThrow(
      new RegExp(`^sst dev is for personal stages: it would run the functions of ${stage} on this machine`),
    );
  });
});

describe("a stage's name that reads like another's", () => {
  it("is refused by every command, since all of them read the app", async () => {
    await expect(config.app({ stage: "prod" })).rejects.toThrow(
      'The stage "prod" reads like production but would be a personal one, unprotected and for test events only: type production, or a name that does not read like it.',
    );
  });
});

describe("a push to git", () => {
  const target = (event: Event) => config.console.autodeploy.target({ action: "pushed", ...event });

  it("to main deploys staging, and a tag of a version production", () => {
    expect(target({ type: "branch", branch: "main" })).toEqual({ stage: "staging" });
    expect(target({ type: "tag", tag: "v1.2.3" })).toEqual({ stage: "production" });
    expect(target({ type: "tag", tag: "v10.20.30" })).toEqual({ stage: "production" });
  });

  it.each(["v1", "v1.2", "1.2.3", "v1.2.3-rc.1", "v1.2.3.4", "xv1.2.3", "release", "main", "v1.2.3\n"])(
    "of the tag %j deploys nothing",
    (tag) => {
      expect(target({ type: "tag", tag })).toBeUndefined();
    },
  );

  it("of anything else deploys nothing, and removing something neither", () => {
    expect(target({ type: "branch", branch: "feature" })).toBeUndefined();
    expect(target({ type: "pull_request", number: 1 })).toBeUndefined();
    expect(target({ type: "tag", tag: "v1.2.3", action: "removed" })).toBeUndefined();
    expect(target({ type: "branch", branch: "main", action: "removed" })).toBeUndefined();
  });
});
