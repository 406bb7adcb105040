import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";

type Event = Record<string, unknown>;
type Config = {
  app(input: { stage: string }): Promise<Record<string, unknown>>;
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

describe("a push to git", () => {
  const target = (event: Event) => config.console.autodeploy.target({ action: "pushed", ...event });

  it("to main deploys staging, and a tag production", () => {
    expect(target({ type: "branch", branch: "main" })).toEqual({ stage: "staging" });
    expect(target({ type: "tag", tag: "v1" })).toEqual({ stage: "production" });
  });

  it("of anything else deploys nothing, and removing something neither", () => {
    expect(target({ type: "branch", branch: "feature" })).toBeUndefined();
    expect(target({ type: "pull_request", number: 1 })).toBeUndefined();
    expect(target({ type: "tag", tag: "v1", action: "removed" })).toBeUndefined();
    expect(target({ type: "branch", branch: "main", action: "removed" })).toBeUndefined();
  });
});
