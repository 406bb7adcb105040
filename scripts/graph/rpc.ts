// What SST's components ask the CLI that runs them, over HTTP: where the stage's assets are, and to bundle a handler.
import { mkdir } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { listenOnLoopback } from "@stripe-lanes/testing/local/loopback";
import { type Bundling, bundleHandler } from "./lambda.ts";
import type { Place } from "./stack.ts";

/** What is told of a function that is to be bundled, of all that a method may be told. */
type Params = { functionID?: string; handler?: string; properties?: Bundling };

type Call = { method: string; params: [Params] };
type Answer = (place: Place, params: Params) => unknown;

const BOOTSTRAP = {
  asset: "sst-asset",
  assetEcrRegistryId: "123456789012",
  assetEcrUrl: "123456789012.dkr.ecr.us-east-1.amazonaws.com/sst-asset",
  state: "sst-state",
  appsyncHttp: "example.appsync-api.us-east-1.amazonaws.com",
  appsyncRealtime: "example.appsync-realtime-api.us-east-1.amazonaws.com",
};

const ANSWERS: Record<string, Answer> = {
  "Provider.Aws.Bootstrap": () => BOOTSTRAP,
  "Runtime.AddTarget": () => true,
  "Runtime.Build": build,
};

/** Gives the server's URL. The server alone keeps no process alive. */
export async function startRpc(place: Place): Promise<string> {
  const server = await listenOnLoopback(0, async (request, response) => {
    const body = JSON.stringify(await reply(place, request));
    response.writeHead(200, { "content-type": "application/json", connection: "close" }).end(body);
  });
  server.unref();
  return server.url;
}

async function reply(
  place: Place,
  request: IncomingMessage,
): Promise<{ result: unknown } | { error: string }> {
  const { method, params } = JSON.parse(await text(request)) as Call;
  const answer = ANSWERS[method];
  if (answer === undefined) return { error: `rpc: can't find method ${method}` };
  try {
    return { result: await answer(place, params[0]) };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

/** SST uploads every map of a function that says nothing of maps; else they stay in the function's own archive. */
async function build({ root, platform, scratch }: Place, params: Params) {
  const { functionID = "", handler = "", properties: bundling = {} } = params;
  const out = join(scratch, "artifacts", `${functionID}-src`);
  await mkdir(out, { recursive: true });
  const made = await bundleHandler(platform, { root, handler, out, bundling });
  const sourcemaps = bundling.sourcemap === undefined ? made.maps : [];
  return { handler: made.handler, out, errors: [], sourcemaps };
}
