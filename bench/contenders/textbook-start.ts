// What the textbook worker's cold start loads and makes: all but its tables, which are there.
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { handlerOn } from "./textbook.ts";

export const handler = handlerOn(new DynamoDBClient({ region: "us-east-1" }), "billing");
