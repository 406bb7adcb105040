import { readWebhookSettings } from "@stripe-lanes/functions/settings";
import { describe, expect, it } from "vitest";
import { personal, production, STAGES, spare, staging, statementsOf } from "./fixtures/stages.ts";

describe("the webhook", () => {
  it("is there where it is asked for, and nowhere else", async () => {
    const names = async (graph: typeof personal) =>
      (await graph()).of("lambda/functionUrl:FunctionUrl").map(({ name }) => name);
    expect(await names(personal)).toEqual(["WebhookUrl"]);
    expect(await names(staging)).toEqual(["WebhookUrl"]);
    expect(await names(production)).toEqual([]);
  });

  it("may put its own events on its own bus, write its log, and do nothing else", async () => {
    const graph = await staging();
    const { inputs } = graph.one("iam/role:Role", "WebhookRole");
    const [{ policy } = { policy: "" }] = inputs.inlinePolicies as { policy: string }[];
    const [put, logs, ...others] = statementsOf(policy);
    expect(put).toEqual({
      Effect: "Allow",
      Action: "events:PutEvents",
      Resource: graph.one("cloudwatch/eventBus:EventBus", "WebhookBus").outputs.arn,
      Condition: { StringEquals: { "events:source": "stripe-lanes.webhook" } },
    });
    expect(logs?.Resource).toMatch(/:log-group:\/aws\/lambda\/stripe-lanes-staging-webhook:\*$/);
    expect(others).toEqual([]);
  });

  it("is told its bus and the source that the lanes' rules look for, and waits for its secret", async () => {
    const graph = await staging();
    const { inputs } = graph.one("lambda/function:Function", "WebhookFunction");
    const { variables } = inputs.environment as { variables: Record<string, string> };
    expect(() => readWebhookSettings(variables)).toThrow(/WEBHOOK_SECRET/);
    expect(readWebhookSettings({ ...variables, WEBHOOK_SECRET: "whsec_1" })).toMatchObject({
      bus: graph.one("cloudwatch/eventBus:EventBus", "WebhookBus").inputs.name,
      source: "stripe-lanes.webhook",
    });
  });

  it("runs as many at one time as the settings say, so that a flood leaves the worker its share", async () => {
    const reserved = async (graph: typeof personal) =>
      (await graph())
        .of("lambda/function:Function")
        .map(({ name, inputs }) => [name, inputs.reservedConcurrentExecutions]);
    expect(await reserved(staging)).toEqual([
      ["WebhookFunction", undefined],
      ["WorkerFunction", undefined],
    ]);
    expect(await reserved(spare)).toEqual([
      ["WebhookFunction", 5],
      ["WorkerFunction", undefined],
    ]);
  });

  it("is no business of browsers", async () => {
    expect((await staging()).one("lambda/functionUrl:FunctionUrl", "WebhookUrl").inputs.cors).toBeUndefined();
  });
});

describe.each(Object.entries(STAGES))("of a %s stage", (kind, graph) => {
  it("nothing is public but the webhook's URL", async () => {
    const { of } = await graph();
    const open = of("lambda/permission:Permission").filter(({ inputs }) => inputs.principal === "*");
    expect(open.map(({ inputs }) => inputs.function)).toEqual(
      kind === "production"
        ? []
        : open.map(() => `stripe-lanes-${kind === "personal" ? "ada" : kind}-webhook`),
    );
    expect(
      open.every(({ inputs }) => inputs.functionUrlAuthType === "NONE" || inputs.invokedViaFunctionUrl),
    ).toBe(true);
  });

  it("no policy of a resource lets everybody in", async () => {
    const policies = (await graph()).resources.flatMap(({ inputs }) => [
      inputs.policy,
      inputs.policyDocument,
      inputs.assumeRolePolicy,
    ]);
    const statements = policies.filter((policy) => policy !== undefined).flatMap(statementsOf);
    expect(statements).not.toEqual([]);
    for (const { Principal } of statements) expect(JSON.stringify(Principal)).not.toMatch(/"\*"|:root/);
  });
});
