// Empty key attributes. AWS refuses them before anything else, dynalite late or not at all: a program that writes
// "" for "none" into an index key must find that out here.
import type { AttributeValue, Item } from "./attributes.ts";
import { validationException } from "./errors.ts";
import type { Table } from "./table.ts";

/** The key attributes alone of an item. */
export function keyIn(table: Table, item: Item): Item {
  const key: Item = {};
  for (const { AttributeName } of table.description.KeySchema) {
    const value = item[AttributeName];
    if (value) key[AttributeName] = value;
  }
  return key;
}

/** Throws ValidationException for an empty string or binary in the table's key. */
export function refuseEmptyKey(table: Table, item: Item): void {
  for (const { AttributeName } of table.description.KeySchema) {
    const type = emptyType(item[AttributeName]);
    if (type) throw validationException(`${emptyValue(type)} Key: ${AttributeName}`);
  }
}

/**
 * Throws ValidationException for an empty string or binary in an index's key; a missing one is fine, the index is
 * sparse.
 */
export function refuseEmptyIndexKey(table: Table, item: Item): void {
  for (const { name, keyNames } of table.indexes) {
    for (const attribute of keyNames) {
      const type = emptyType(item[attribute]);
      if (type)
        throw validationException(`${emptyValue(type, forIndex)} IndexName: ${name}, IndexKey: ${attribute}`);
    }
  }
}

const forIndex = "A value specified for a secondary index key is not supported. ";

const emptyValue = (type: string, subject = "") =>
  `One or more parameter values are not valid. ${subject}The AttributeValue for a key attribute cannot contain an empty ${type} value.`;

function emptyType(value: AttributeValue | undefined): "string" | "binary" | undefined {
  if (value === undefined) return undefined;
  if ("S" in value) return value.S === "" ? "string" : undefined;
  return "B" in value && value.B === "" ? "binary" : undefined;
}
