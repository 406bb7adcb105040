// Tags of tables.
import type { Input } from "./accept.ts";
import { type Database, findTable } from "./database.ts";
import { validate } from "./dynalite.ts";
import { validationException } from "./errors.ts";
import { rules } from "./rules.ts";
import type { Table } from "./table.ts";

type Tag = { Key: string; Value: string };
type Tagged = { ResourceArn: string; Tags: Tag[]; TagKeys: string[] };

/**
 * "TagResource": a key that is there gets the new value. Throws ValidationException for a malformed ARN, and
 * ResourceNotFoundException.
 */
export function tagResource(database: Database, input: Input): object {
  refuseNoArn(input);
  const request = validate<Tagged>(rules.TagResource, input);
  const { tags } = taggedTable(database, request);
  for (const { Key, Value } of request.Tags) tags.set(Key, Value);
  return {};
}

/** "UntagResource": a key that is not there is fine. Throws as `tagResource`. */
export function untagResource(database: Database, input: Input): object {
  refuseNoArn(input);
  const request = validate<Tagged>(rules.UntagResource, input);
  const { tags } = taggedTable(database, request);
  for (const key of request.TagKeys) tags.delete(key);
  return {};
}

/** "ListTagsOfResource": all tags on one page. Throws as `tagResource`. */
export function listTagsOfResource(database: Database, input: Input): object {
  refuseNoArn(input);
  const { tags } = taggedTable(database, validate<Tagged>(rules.ListTagsOfResource, input));
  return { Tags: [...tags].map(([Key, Value]) => ({ Key, Value })) };
}

function refuseNoArn({ ResourceArn }: Input): void {
  if (typeof ResourceArn !== "string" || ResourceArn === "" || ResourceArn.startsWith("arn:")) return;
  throw validationException(`Invalid TableArn: Invalid ResourceArn provided as input ${ResourceArn}`);
}

function taggedTable(database: Database, { ResourceArn }: Tagged): Table {
  const name = ResourceArn.slice(ResourceArn.lastIndexOf("/") + 1);
  return findTable(database, name, `Requested resource not found: ResourcArn: ${ResourceArn} not found`);
}
