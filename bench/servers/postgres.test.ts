import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PostgresClient } from "@supabase/stripe-sync-engine";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { type Postgres, startPostgres } from "./postgres.ts";
import { postgresPrograms, startCluster } from "./postgres-cluster.ts";

/** As root, PostgreSQL runs as somebody else, who has to get at its folder. */
const FOR_ALL = 0o755;

function givenFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "postgres-test-"));
  chmodSync(folder, FOR_ALL);
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

/** With an initdb in it, of which nothing is asked. */
function programsIn(folder: string): string {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "initdb"), "");
  return folder;
}

describe("PostgreSQL's programs", () => {
  it("are none where there is no initdb", () => {
    expect(postgresPrograms("/nowhere:", ["/nowhere/*/bin"])).toBeNull();
  });

  it("are the newest of those outside PATH", () => {
    const folder = givenFolder();
    for (const version of ["9", "18", "17"]) programsIn(join(folder, version, "bin"));
    expect(postgresPrograms("", [join(folder, "*/bin")])).toBe(join(folder, "18/bin"));
  });

  it("are those that PATH leads to, links followed", () => {
    const folder = givenFolder();
    const programs = programsIn(join(folder, "18", "bin"));
    symlinkSync(join(programs, "initdb"), join(folder, "initdb"));
    expect(postgresPrograms(`/nowhere:${folder}`, ["/usr/lib/postgresql/*/bin"])).toBe(programs);
  });

  it("that fail are an error that says which, and leave no folder", () => {
    const folder = givenFolder();
    expect(() => startCluster("/nowhere", folder)).toThrow("PostgreSQL's initdb failed: ");
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe.skipIf(postgresPrograms() === null)("PostgreSQL", () => {
  let postgres: Postgres;
  let client: PostgresClient;
  const ask = async (sql: string) => Object.values((await client.query(sql)).rows[0] ?? {})[0];
  const connect = () => {
    client = new PostgresClient({ schema: "public", poolConfig: { connectionString: postgres.url, max: 1 } });
  };

  const folder = mkdtempSync(join(tmpdir(), "postgres-test-"));
  chmodSync(folder, FOR_ALL);

  beforeAll(async () => {
    vi.stubEnv("TMPDIR", folder);
    postgres = (await startPostgres()) as Postgres;
    vi.unstubAllEnvs();
    connect();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is of the version that it says", async () => {
    expect(await ask("SHOW server_version")).toMatch(new RegExp(`^${postgres.version}\\b`));
  });

  it("writes as safely as its defaults make it", async () => {
    expect(await ask("SHOW fsync")).toBe("on");
    expect(await ask("SHOW synchronous_commit")).toBe("on");
  });

  it("is as far away as it is told to be", async () => {
    await postgres.setLatency(50);
    const start = performance.now();
    await ask("SELECT 1");
    expect(performance.now() - start).toBeGreaterThanOrEqual(49);
    await postgres.setLatency(0);
  });

  it("is empty after a reset", async () => {
    await client.query("CREATE TABLE kept (id text)");
    await client.close();
    await postgres.reset();
    connect();
    expect(await ask("SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public'")).toBe(0);
  });

  it("leaves nothing behind when it is closed", async () => {
    await client.close();
    expect(readdirSync(folder)).toHaveLength(1);
    await postgres.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it("leaves nothing behind when the process that started it is killed", async () => {
    const folder = givenFolder();
    const module = new URL("./postgres.ts", import.meta.url);
    const script = `await (await import("${module}")).startPostgres(); console.log("started");`;
    const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
      env: { ...process.env, TMPDIR: folder },
      stdio: ["ignore", "pipe", "inherit"],
    });
    await once(child.stdout, "data");
    expect(readdirSync(folder)).toHaveLength(1);
    child.kill("SIGKILL");
    await vi.waitFor(() => expect(readdirSync(folder)).toEqual([]), { timeout: 10_000 });
  });
});
