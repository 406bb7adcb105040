// What Lambda tells a function about itself: environment variables and the context of an invocation.
import type { Context } from "aws-lambda";
import type { FunctionConfiguration } from "./protocol.ts";

const REGION = "us-east-1";
const ACCOUNT = "000000000000";

/** @param memory megabytes */
export function configurationOf(
  functionName: string,
  memory: number,
  environment: string,
): FunctionConfiguration {
  return {
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${functionName}`,
    memoryLimitInMB: String(memory),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `[$LATEST]${environment}`,
  };
}

/** The whole environment of a function: what Lambda sets, what was given, and nothing of ours but PATH. */
export function environmentVariables(
  configuration: FunctionConfiguration,
  given: Record<string, string>,
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
    AWS_LAMBDA_FUNCTION_NAME: configuration.functionName,
    AWS_LAMBDA_FUNCTION_VERSION: configuration.functionVersion,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: configuration.memoryLimitInMB,
    AWS_LAMBDA_LOG_GROUP_NAME: configuration.logGroupName,
    AWS_LAMBDA_LOG_STREAM_NAME: configuration.logStreamName,
    ...given,
  };
}

type Request = { awsRequestId: string /** Milliseconds. */; timeout: number };

/** The context of one invocation; its remaining time counts down from this call on. */
export function contextOf(configuration: FunctionConfiguration, { awsRequestId, timeout }: Request): Context {
  const deadline = performance.now() + timeout;
  const context = {
    ...configuration,
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, Math.round(deadline - performance.now())),
  };
  // The type still has `done`, `fail` and `succeed`, which Lambda's Node 24 runtime no longer passes.
  return context as unknown as Context;
}

/** An X-Ray header of an invocation that is not sampled. */
export function traceIdOf(awsRequestId: string): string {
  const hex = awsRequestId.replaceAll("-", "");
  return `Root=1-${hex.slice(0, 8)}-${hex.slice(8)};Parent=${hex.slice(0, 16)};Sampled=0`;
}
