import { setImmediate as turn } from "node:timers/promises";
import type { SQSRecord } from "aws-lambda";
import { afterEach, describe, expect, it } from "vitest";
import type { InvocationFault } from "./faults.ts";
import { settled, startMapping, stopMappings, succeed } from "./fixtures/mappings.ts";
import { messageOf } from "./fixtures/messages.ts";
import { VISIBILITY } from "./fixtures/queue.ts";
import type { MappingOptions } from "./mapping.ts";

afterEach(stopMappings);

describe("an injected fault", () => {
  const withFault = (fault: InvocationFault, options: Partial<MappingOptions> = {}) => {
    const faulty = (invocation: number, _records: SQSRecord[]) => (invocation === 1 ? fault : undefined);
    return startMapping(succeed, { invocationFault: faulty, ...options });
  };

  it.each<[InvocationFault, number, object]>([
    ["throttled", 1, { throttled: 1, failed: 0 }],
    ["killed-before", 1, { failed: 1 }],
    ["killed-after", 2, { failed: 1 }],
    ["timeout", 2, { failed: 1 }],
    ["answer-lost", 2, { failed: 1 }],
    ["delete-lost", 2, { succeeded: 2, deletesFailed: 1 }],
  ])("%s leads to a redelivery: the handler runs %i times", async (fault, runs, metrics) => {
    const { clock, queue, batches, mapping } = withFault(fault);
    queue.send(messageOf("m1"));
    await settled(mapping);
    expect(queue.ids()).toEqual(["m1"]);
    clock.advance(VISIBILITY);
    await settled(mapping);
    expect(batches).toHaveLength(runs);
    expect(queue.ids()).toEqual([]);
    expect(mapping.metrics()).toMatchObject({ invocations: 2, deleted: 1, ...metrics });
  });

  it.each<[InvocationFault, string, number]>([
    ["duplicate", "in one invocation, of which the first answer is used", 1],
    ["stalled", "in two invocations, since they were received again", 2],
  ])("%s runs the same records twice at one time, %s", async (fault, _how, invocations) => {
    let running = 0;
    let together = 0;
    const { queue, batches, mapping } = startMapping(
      async () => {
        running += 1;
        for (let turns = 0; turns < 5; turns++) await turn();
        together = Math.max(together, running);
        running -= 1;
        return succeed();
      },
      { invocationFault: (invocation) => (invocation === 1 ? fault : undefined) },
    );
    queue.send(messageOf("m1"));
    await settled(mapping);
    expect(batches).toEqual([["m1"], ["m1"]]);
    expect(together).toBe(2);
    expect(mapping.metrics()).toMatchObject({ invocations, failed: 0 });
    expect(queue.ids()).toEqual([]);
  });

  it.each<InvocationFault>(["killed-before", "killed-after", "timeout"])(
    "%s takes a warm environment along, never a busy one",
    async (fault) => {
      const killed: string[] = [];
      const environments = () =>
        [true, false].map((busy, index) => {
          const id = `environment-${index}`;
          return { id, busy, pid: undefined, kill: () => void killed.push(id) };
        });
      const { queue, mapping } = withFault(fault, { runtime: { invoke: async () => null, environments } });
      queue.send(messageOf("m1"));
      await settled(mapping);
      expect(killed).toEqual(["environment-1"]);
    },
  );
});
