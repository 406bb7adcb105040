import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import fc from "fast-check";
import { describe, expect, it, onTestFinished } from "vitest";
import { startDelayProxy } from "./delay.ts";

/** A proxy to a server that sends back what it gets. */
async function givenProxy() {
  const server = createServer({ allowHalfOpen: true }, (socket) => socket.pipe(socket)).listen(
    0,
    "127.0.0.1",
  );
  await once(server, "listening");
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  const proxy = await startDelayProxy({ host: "127.0.0.1", port });
  const open = () => connect({ host: "127.0.0.1", port: proxy.port });
  return { proxy, open, server };
}

/** Milliseconds. */
async function roundTrips(client: ReturnType<typeof connect>, count: number): Promise<number> {
  const start = performance.now();
  for (let trip = 0; trip < count; trip++) {
    client.write("x");
    await once(client, "data");
  }
  return performance.now() - start;
}

describe("the delay proxy", () => {
  it("adds its latency to each round trip, from the moment that it is set", async () => {
    const { proxy, open } = await givenProxy();
    const client = open();
    const near = await roundTrips(client, 10);
    proxy.setLatency(30);
    const far = await roundTrips(client, 10);
    proxy.setLatency(0);
    const nearAgain = await roundTrips(client, 10);
    expect(far).toBeGreaterThanOrEqual(10 * 29);
    expect(Math.max(near, nearAgain)).toBeLessThan(far);
    await proxy.close();
  });

  it("holds what is sent soon after each other side by side, and not one after another", async () => {
    const { proxy, open } = await givenProxy();
    proxy.setLatency(100);
    const client = open();
    const echoed = text(client);
    const start = performance.now();
    for (const chunk of "0123456789") {
      client.write(chunk);
      await sleep(2);
    }
    client.end();
    expect(await echoed).toBe("0123456789");
    expect(performance.now() - start).toBeLessThan(10 * 100);
    await proxy.close();
  });

  it("keeps the order of what a client sends, whatever the latency was for each chunk", async () => {
    const { proxy, open } = await givenProxy();
    const chunks = fc.array(fc.record({ latency: fc.nat({ max: 6 }), bytes: fc.string({ minLength: 1 }) }), {
      minLength: 1,
      maxLength: 8,
    });
    const inOrder = fc.asyncProperty(chunks, async (sent) => {
      const client = open();
      const echoed = text(client);
      for (const { latency, bytes } of sent) {
        proxy.setLatency(latency);
        client.write(bytes);
        await sleep(1);
      }
      client.end();
      expect(await echoed).toBe(sent.map(({ bytes }) => bytes).join(""));
    });
    await fc.assert(inOrder, { numRuns: 30, seed: 1 });
    await proxy.close();
  });

  it("loses nothing of a large request", async () => {
    const { proxy, open } = await givenProxy();
    proxy.setLatency(5);
    const client = open();
    const echoed = text(client);
    client.end("0123456789".repeat(100_000));
    expect(await echoed).toBe("0123456789".repeat(100_000));
    await proxy.close();
  });

  it("ends the client's connection when the server is gone", async () => {
    const { proxy, open, server } = await givenProxy();
    server.close();
    await once(server, "close");
    await once(open().resume(), "close");
    await proxy.close();
  });

  it("ends every connection when it is closed", async () => {
    const { proxy, open } = await givenProxy();
    const client = open();
    await roundTrips(client, 1);
    await Promise.all([once(client, "close"), proxy.close()]);
  });
});
