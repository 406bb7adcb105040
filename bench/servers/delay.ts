// A TCP proxy that makes a near server a far one: what a client sends arrives some milliseconds later.
import { once } from "node:events";
import { type AddressInfo, connect, createServer, type NetConnectOpts, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

export type DelayProxy = {
  /** Of 127.0.0.1. */
  port: number;
  /** Milliseconds that each chunk from now on is held: the whole of a round trip. 0, as at first, holds nothing. */
  setLatency(milliseconds: number): void;
  close(): Promise<void>;
};

/**
 * Gives a proxy to `upstream`, in this process: one that measures runs it in another.
 * @throws what listening throws
 */
export async function startDelayProxy(upstream: NetConnectOpts): Promise<DelayProxy> {
  let latency = 0;
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (client) => {
    const far = connect({ ...upstream, allowHalfOpen: true });
    for (const socket of [client, far]) track(open, socket);
    join(client, far, () => latency);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    setLatency: (milliseconds) => {
      latency = milliseconds;
    },
    close: async () => {
      for (const socket of open) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function track(open: Set<Socket>, socket: Socket): void {
  open.add(socket);
  socket.once("close", () => open.delete(socket));
}

/** Chunks wait side by side, as on a wire, and leave in the order they came, whatever the latency was for each. */
function join(client: Socket, far: Socket, latency: () => number): void {
  let sent: Promise<unknown> = Promise.resolve();
  const inTurn = (action: () => void) => {
    sent = Promise.all([sent, latency() > 0 ? sleep(latency()) : undefined]).then(action);
  };
  client.on("data", (chunk) => inTurn(() => far.write(chunk)));
  client.on("end", () => inTurn(() => far.end()));
  client.on("error", () => far.destroy());
  far.on("error", () => client.destroy());
  far.pipe(client);
}
