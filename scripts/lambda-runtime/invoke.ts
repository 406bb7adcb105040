// One invocation of a bundled function in Lambda's own runtime, and what it logs.
import { spawn } from "node:child_process";
import { dirname } from "node:path";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { readyRuntime } from "./runtime.ts";

type Invocation = {
  bundle: { path: string; handler: string };
  event: unknown;
  env: Record<string, string>;
  format: "text" | "json";
};

const CLIENT = fileURLToPath(new URL("client.ts", import.meta.url));

/** What Lambda sets for every function. */
const FUNCTION = {
  AWS_REGION: "us-east-1",
  AWS_LAMBDA_FUNCTION_NAME: "worker",
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: "512",
  AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/worker",
  AWS_LAMBDA_LOG_STREAM_NAME: "stream",
  AWS_LAMBDA_RUNTIME_API: "127.0.0.1:9",
};

/** The log lines as CloudWatch shows them; the runtime writes a line's own breaks as carriage returns. */
export async function invoke({ bundle, event, env, format }: Invocation): Promise<string[]> {
  const runtime = spawn(process.execPath, ["--no-warnings", "--import", CLIENT, await readyRuntime()], {
    env: {
      ...FUNCTION,
      ...env,
      INVOCATION: JSON.stringify(event),
      _HANDLER: bundle.handler,
      LAMBDA_TASK_ROOT: dirname(bundle.path),
      AWS_LAMBDA_LOG_FORMAT: format,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [out, errors] = await Promise.all([text(runtime.stdout), text(runtime.stderr)]);
  const lines = `${out}${errors}`.split("\n").filter((line) => line !== "");
  return lines.map((line) => line.replaceAll("\r", "\n"));
}
