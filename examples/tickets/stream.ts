// The table's DynamoDB stream, read as facts. It needs the stream view type `NEW_AND_OLD_IMAGES`.
import { unmarshalled } from "@stripe-lanes/core/dynamo-encoding";
import { type Fact, facts, stockFacts } from "@stripe-lanes/core/facts";
import { countersOf, type Item, rowsOf } from "@stripe-lanes/core/item";
import type { DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";

/** What happened by one change of an item: to a row, or to a counter such as a price's stock. */
function factsIn({ dynamodb }: DynamoDBRecord): Fact[] {
  const [before, after] = [itemsIn(dynamodb?.OldImage), itemsIn(dynamodb?.NewImage)];
  const at = dynamodb?.ApproximateCreationDateTime ?? 0;
  return [
    ...rowsOf(after).flatMap((row) => facts(rowsOf(before)[0], row, { at })),
    ...countersOf(after).flatMap((counter) => stockFacts(countersOf(before)[0], counter)),
  ];
}

function itemsIn(image: Image | undefined): Item[] {
  return image === undefined ? [] : [unmarshalled(image as Parameters<typeof unmarshalled>[0]) as Item];
}

type Image = NonNullable<DynamoDBRecord["dynamodb"]>["NewImage"];

/** The handler of a stream: where `attend` throws, Lambda brings the batch again. */
export function onFacts(attend: (fact: Fact) => Promise<void>) {
  return async ({ Records }: DynamoDBStreamEvent): Promise<void> => {
    for (const fact of Records.flatMap(factsIn)) await attend(fact);
  };
}
