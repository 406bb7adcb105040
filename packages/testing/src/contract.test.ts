import { memoryStore } from "@stripe-lanes/core/memory";
import { describeStore } from "./contract.ts";
import { openTable } from "./open-table.ts";

describeStore("the store in memory", async () => ({ store: memoryStore() }));

describeStore("the store on DynamoDB", () => openTable());
