// Which stage `npm run dlq` goes to, as a person says it.
import { Mistake } from "../mistake.ts";
import { LAST_PORT, portsFrom } from "../ports.ts";
import { whole } from "./numbers.ts";

/** Where the queues are: at a local run's endpoints, or where the environment says. */
export type Where = {
  endpoints: { sqs: string; dynamodb: string } | undefined;
  tenant: string | undefined;
};

export type WhereTexts = { [name in "port" | "tenant" | "endpoint-sqs" | "endpoint-dynamodb"]?: string };

/** @throws Mistake for endpoints that cannot be, or that exclude each other */
export function whereIn(texts: WhereTexts): Where {
  return { endpoints: endpointsOf(texts), tenant: texts.tenant };
}

function endpointsOf(texts: WhereTexts): Where["endpoints"] {
  const { port, "endpoint-sqs": sqs, "endpoint-dynamodb": dynamodb } = texts;
  if (port !== undefined && (sqs !== undefined || dynamodb !== undefined))
    throw new Mistake("--port and the --endpoint options exclude each other: choose one.");
  if (port !== undefined) return endpointsAt(whole("--port", port, 1, LAST_PORT));
  if (sqs === undefined && dynamodb === undefined) return undefined;
  if (sqs === undefined || dynamodb === undefined)
    throw new Mistake("--endpoint-sqs and --endpoint-dynamodb go together: say both.");
  return { sqs: url("--endpoint-sqs", sqs), dynamodb: url("--endpoint-dynamodb", dynamodb) };
}

/** As `npm start -- --port N` lays them out. */
export function endpointsAt(port: number): NonNullable<Where["endpoints"]> {
  const { sqs, dynamodb } = portsFrom(port);
  return { sqs: `http://127.0.0.1:${sqs}`, dynamodb: `http://127.0.0.1:${dynamodb}` };
}

function url(option: string, text: string): string {
  if (/^https?:\/\//.test(text) && URL.canParse(text)) return text;
  throw new Mistake(`${option} takes an http or https URL, not "${text}".`);
}
