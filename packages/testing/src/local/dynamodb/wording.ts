// Messages of refusals where dynalite's wording is not AWS's own, as the public conformance suite recorded it.

/** Gives a message as AWS words it. */
export type Wording = (message: string) => string;

const MAP_OF_ONE = /'\{"([\w.-]+)":\[(.*)\]\}' at 'requestItems'/s;
const KEY_ELEMENT = /\{"AttributeName":"([^"]*)","KeyType":"([^"]*)"\}/g;
const KEYS_OF_TABLE = /Value '.*' at 'requestItems\.(.+)\.member\.keys'/s;

const UNNAMED =
  "1 validation error detected: Value '' at 'tableName' failed to satisfy constraint: Member must have length greater than or equal to 1";

/** A table may be named by its ARN, so that only an empty name is too short. */
export const unnamedTable: Wording = (message) =>
  message.includes("Value '' at 'tableName'") ? UNNAMED : message;

/** AWS does not show the value of a Limit that is too small. */
export const queryLimit: Wording = (message) =>
  unnamedTable(message.replace(/Value '[^']*' at 'limit'/, "Value at 'Limit'"));

/** AWS prints the elements of a key schema as Java objects. */
export const keySchema: Wording = (message) =>
  message.replace(KEY_ELEMENT, "KeySchemaElement(attributeName=$1, keyType=$2)");

/** AWS has its own message for an empty RequestItems, and prints others as Java maps. */
export const requestItems =
  (operation: "BatchGetItem" | "BatchWriteItem"): Wording =>
  (message) => {
    if (message.includes("Value '{}' at 'requestItems'"))
      return `The requestItems parameter is required for ${operation}`;
    return message
      .replace(KEYS_OF_TABLE, "Value at 'RequestItems.$1.member.Keys'")
      .replace(MAP_OF_ONE, "'{$1=[$2]}' at 'requestItems'");
  };
