// What went wrong between here and AWS, in one sentence.
import { Defect, Unavailable } from "@stripe-lanes/core/errors";
import { Mistake } from "../mistake.ts";
import type { Stage } from "./stage.ts";

type AwsFailure = Error & { code?: string; address?: string; port?: number; $metadata?: object };

const NOBODY_THERE = new Set(["ECONNREFUSED", "ENOTFOUND", "EHOSTUNREACH", "ECONNRESET", "ETIMEDOUT"]);
const SHELL = "sst shell --stage NAME -- npm run dlq";
const WITHOUT_CREDENTIALS = /Credentials|ExpiredToken|UnrecognizedClient|InvalidClientTokenId/;

/** Gives the error itself where it is neither AWS's nor the network's: a defect of ours keeps its stack. */
export function asMistake(error: unknown, stage: Stage | undefined): unknown {
  if (error instanceof Mistake || !(error instanceof Error)) return error;
  const failure: AwsFailure = rootOf(error);
  const sentence = sentenceOf(failure, stage);
  return sentence === undefined ? error : new Mistake(sentence, { cause: error });
}

function rootOf(error: Error): Error {
  const isWrapped = error instanceof Unavailable || error instanceof Defect;
  return isWrapped && error.cause instanceof Error ? error.cause : error;
}

function sentenceOf(failure: AwsFailure, stage: Stage | undefined): string | undefined {
  const { name, code = "", message, address, port } = failure;
  if (NOBODY_THERE.has(code)) {
    const where = address === undefined ? message : `${address}:${port}`;
    return `Nothing answers (${where}): is npm start still up, and is that its --port? A stage is reached by ${SHELL}.`;
  }
  if (name === "QueueDoesNotExist")
    return `There is no such queue${stage ? `: ${stage.parkedUrl}` : " there"}.`;
  if (WITHOUT_CREDENTIALS.test(name)) return `AWS wants credentials, and these do not do: ${message}`;
  if (name === "Region is missing" || message === "Region is missing")
    return "AWS wants a region: set AWS_REGION, or go through sst shell.";
  return failure.$metadata === undefined ? undefined : `AWS refuses: ${name}: ${message}`;
}
