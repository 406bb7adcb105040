// The process of the proxy before PostgreSQL. However it ends, nothing is left of the cluster then.
import { type DelayProxy, startDelayProxy } from "./delay.ts";
import { type Cluster, DATABASE, SUPERUSER, startCluster } from "./postgres-cluster.ts";
import { answerCalls } from "./process.ts";

let cluster: Cluster | undefined;
let proxy: DelayProxy | undefined;

const calls = {
  async open(programs: string, temporary: string): Promise<{ url: string; version: string }> {
    cluster = startCluster(programs, temporary);
    proxy = await startDelayProxy({ path: cluster.socket });
    const { version } = cluster;
    return { url: `postgres://${SUPERUSER}@127.0.0.1:${proxy.port}/${DATABASE}`, version };
  },
  setLatency: (milliseconds: number) => proxy?.setLatency(milliseconds),
  reset: () => cluster?.reset(),
  stop,
};

export type PostgresCalls = typeof calls;

process.on("exit", stop);
process.on("SIGTERM", () => process.exit());
answerCalls(calls);

function stop(): void {
  cluster?.stop();
  cluster = undefined;
}
