// A PostgreSQL of its own in a temporary folder, which is also where its socket is. Its settings are the defaults,
// fsync and synchronous_commit on: what it has answered is on the disk.
import { execFileSync } from "node:child_process";
import { chownSync, existsSync, globSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

export type Cluster = {
  /** The path of its Unix socket. */
  socket: string;
  /** As 15.18. */
  version: string;
  /** Makes the database anew; who is connected to it is thrown out. */
  reset(): void;
  /** Nothing is left of it then. */
  stop(): void;
};

export const DATABASE = "bench";

/** Migrations out there take it for granted. */
export const SUPERUSER = "postgres";

type User = { uid: number; gid: number };

type Place = { programs: string; folder: string; user: User | undefined };

const PORT = "5432";

/** Where Debian and Homebrew keep what is not in PATH. */
const USUAL = [
  "/usr/lib/postgresql/*/bin",
  "/opt/homebrew/opt/postgresql*/bin",
  "/usr/local/opt/postgresql*/bin",
];

/** Gives the folder of PostgreSQL's programs: that in PATH, else the newest; null where there is none. */
export function postgresPrograms(path = process.env.PATH ?? "", usual = USUAL): string | null {
  const newest = globSync(usual).sort((a, b) => b.localeCompare(a, "en", { numeric: true }));
  const found = [...path.split(delimiter), ...newest].find((folder) => existsSync(join(folder, "initdb")));
  return found === undefined ? null : dirname(realpathSync(join(found, "initdb")));
}

/**
 * Starts a cluster with the programs of one folder, in a new folder in another.
 * @throws what a program says when it fails; nothing is left of the cluster then
 */
export function startCluster(programs: string, temporary: string): Cluster {
  const user = unprivileged();
  const place = { programs, folder: mkdtempSync(join(temporary, "stripe-lanes-postgres-")), user };
  try {
    return clusterIn(place);
  } catch (error) {
    stop(place);
    throw error;
  }
}

function clusterIn(place: Place): Cluster {
  const { folder, user } = place;
  if (user) chownSync(folder, user.uid, user.gid);
  // Nobody waits here for the disk; the server does, with every commit.
  run(place, "initdb", [
    "-D",
    "data",
    "-U",
    SUPERUSER,
    "-A",
    "trust",
    "-E",
    "UTF8",
    "--no-locale",
    "--no-sync",
  ]);
  const options = `-k "${folder}" -p ${PORT} -c listen_addresses=`;
  run(place, "pg_ctl", ["start", "--wait", "-D", "data", "-l", "log", "-o", options]);
  reset(place);
  return {
    socket: join(folder, `.s.PGSQL.${PORT}`),
    version: run(place, "postgres", ["--version"]).match(/\d+(\.\d+)*/)?.[0] ?? "unknown",
    reset: () => reset(place),
    stop: () => stop(place),
  };
}

/** PostgreSQL refuses to run as root: there it is its own user or, without one, nobody. */
function unprivileged(): User | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync("/etc/passwd", "utf8").split("\n");
  const known = ["postgres", "nobody"].map((name) => users.find((line) => line.startsWith(`${name}:`)));
  const [, , uid, gid] = known.find((line) => line !== undefined)?.split(":") ?? [];
  if (uid === undefined || gid === undefined)
    throw new Error("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as.");
  return { uid: Number(uid), gid: Number(gid) };
}

function run({ programs, folder, user }: Place, program: string, args: string[]): string {
  try {
    const options = { cwd: folder, stdio: "pipe", encoding: "utf8", ...user } as const;
    return execFileSync(join(programs, program), args, options);
  } catch (error) {
    const { stderr, message } = error as Error & { stderr?: string };
    throw new Error(`PostgreSQL's ${program} failed: ${stderr?.trim() || message}`, { cause: error });
  }
}

function reset(place: Place): void {
  const statements = [`DROP DATABASE IF EXISTS ${DATABASE} WITH (FORCE)`, `CREATE DATABASE ${DATABASE}`];
  const commands = statements.flatMap((statement) => ["-c", statement]);
  run(place, "psql", ["-h", place.folder, "-p", PORT, "-U", SUPERUSER, "-d", "postgres", "-q", ...commands]);
}

/** What is on its disk goes too, so nothing has to reach it first. */
function stop(place: Place): void {
  const isRunning = existsSync(join(place.folder, "data", "postmaster.pid"));
  try {
    if (isRunning) run(place, "pg_ctl", ["stop", "--wait", "-m", "immediate", "-D", "data"]);
  } finally {
    rmSync(place.folder, { recursive: true, force: true });
  }
}
