// The stage whose dead-letter queue is meant: a local run by its endpoints, a deployed one by the environment.
import { setTimeout as sleep } from "node:timers/promises";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQS } from "@aws-sdk/client-sqs";
import { dynamoStore } from "@stripe-lanes/core/dynamo";
import type { Store } from "@stripe-lanes/core/store";
import { TABLE } from "@stripe-lanes/testing/local/deploy";
import { Mistake } from "../mistake.ts";
import { DEFAULT_PORT } from "../ports.ts";
import { endpointsAt, type Where } from "./where.ts";

export type Stage = {
  sqs: SQS;
  queueUrl: string;
  parkedUrl: string;
  store: Store;
  /** Seconds that SQS may wait for a message; a local one knows at once that there is none. */
  wait: number;
  /** Starts the keys of everything that no Connect account owns. */
  tenant: string;
  close(): void;
};

type Environment = Readonly<Record<string, string | undefined>>;
type Names = { queueUrl: string; parkedUrl: string; table: string };
type Clients = { sqs: SQS; dynamodb: DynamoDBClient };

/** What the local run calls its queues. */
const LOCAL_LANES = "lanes.fifo";
const LOCAL_PARKED = "parked.fifo";
const LOCAL_ACCOUNT = {
  region: "us-east-1",
  credentials: { accessKeyId: "local", secretAccessKey: "local" },
};

const DEFAULT_TENANT = "main";

/**
 * A local run at its usual ports where neither the options nor the environment name a stage.
 * @throws Mistake where the environment names only part of a stage.
 */
export async function openStage({ endpoints, tenant }: Where, env: Environment): Promise<Stage> {
  const told = tenant ?? (env.TENANT || DEFAULT_TENANT);
  const names = endpoints === undefined ? namesIn(env) : undefined;
  if (names !== undefined) return { ...stageOf(names, clientsIn(names, env), told), wait: 1 };
  return openLocal(endpoints ?? endpointsAt(DEFAULT_PORT), told);
}

async function openLocal(endpoints: NonNullable<Where["endpoints"]>, tenant: string): Promise<Stage> {
  const clients = {
    sqs: new SQS({ endpoint: endpoints.sqs, ...LOCAL_ACCOUNT }),
    dynamodb: new DynamoDBClient({ endpoint: endpoints.dynamodb, ...LOCAL_ACCOUNT }),
  };
  return { ...stageOf(await localNames(clients.sqs), clients, tenant), wait: 0 };
}

function stageOf(
  { queueUrl, parkedUrl, table }: Names,
  { sqs, dynamodb }: Clients,
  tenant: string,
): Omit<Stage, "wait"> {
  const pause = async (milliseconds: number) => void (await sleep(milliseconds));
  return {
    sqs,
    queueUrl,
    parkedUrl,
    store: dynamoStore({ client: dynamodb, table, sleep: pause }),
    tenant,
    close() {
      sqs.destroy();
      dynamodb.destroy();
    },
  };
}

async function localNames(sqs: SQS): Promise<Names> {
  const urlOf = async (QueueName: string) => (await sqs.getQueueUrl({ QueueName })).QueueUrl ?? "";
  return { queueUrl: await urlOf(LOCAL_LANES), parkedUrl: await urlOf(LOCAL_PARKED), table: TABLE };
}

/** The SDK takes the queue URL's own host where only the environment names an endpoint. */
function clientsIn(
  { queueUrl }: Names,
  { AWS_ENDPOINT_URL_SQS: endpoint, AWS_REGION }: Environment,
): Clients {
  const region = AWS_REGION || regionIn(queueUrl);
  const shared = { ...(region && { region }) };
  return { sqs: new SQS({ ...shared, ...(endpoint && { endpoint }) }), dynamodb: new DynamoDBClient(shared) };
}

function regionIn(queueUrl: string): string | undefined {
  return /^https:\/\/sqs\.([a-z\d-]+)\.amazonaws\./.exec(queueUrl)?.[1];
}

/** The worker's own names first, then what `sst shell` tells of linked resources; undefined where there is none. */
function namesIn(env: Environment): Names | undefined {
  const queueUrl = env.QUEUE_URL || linked(env, "Lanes", "url");
  const parkedUrl = env.PARKED_QUEUE_URL || linked(env, "Parked", "url");
  const table = env.TABLE_NAME || linked(env, "Table", "name");
  if (!queueUrl && !parkedUrl && !table) return undefined;
  return {
    queueUrl: needed(queueUrl, "QUEUE_URL", "Lanes"),
    parkedUrl: needed(parkedUrl, "PARKED_QUEUE_URL", "Parked"),
    table: needed(table, "TABLE_NAME", "Table"),
  };
}

function needed(value: string | undefined, variable: string, resource: string): string {
  if (value) return value;
  throw new Mistake(`The environment has neither ${variable} nor SST's linked resource ${resource}.`);
}

function linked(env: Environment, resource: string, property: string): string | undefined {
  const json = env[`SST_RESOURCE_${resource}`];
  if (json === undefined) return undefined;
  try {
    return (JSON.parse(json) as Record<string, string | undefined>)[property];
  } catch {
    throw new Mistake(`SST_RESOURCE_${resource} is not JSON: sst shell sets it.`);
  }
}
