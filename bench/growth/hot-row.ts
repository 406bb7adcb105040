// Workers at once on one hot stock row, at the latency that makes their transactions meet.
import { closing } from "../closing.ts";
import { sampleOf } from "../measure.ts";
import type { Growth } from "../results.ts";
import { type DynamoDb, startDynamoDbProcess, TABLE } from "../servers/dynamodb.ts";
import { median } from "../statistics.ts";
import { type Rush, rush, soldIn, storeAt } from "./rush.ts";
import { medianOf, type Series } from "./series.ts";

const LATENCY = 4;
const REPETITIONS = 3;
/** Of all workers together, each time. */
const BATCHES = 80;

export const HOT_ROW: Series = {
  name: "hot-row",
  axis: "workers at once on one stock row",
  latency: LATENCY,
  at: [1, 5, 10, 20, 40],
  measured: (workers) => closing(startDynamoDbProcess(), (server) => rushes(server, workers)),
};

type Point = Omit<Growth["points"][number], "at">;

async function rushes(server: DynamoDb, workers: number): Promise<Point> {
  const batches = BATCHES / workers;
  const points: Required<Point>[] = [];
  await measuredRush(server, { workers: 1, batches: BATCHES / 2, first: 0 });
  await server.setLatency(LATENCY);
  for (let time = 1; time <= REPETITIONS; time++) {
    points.push(await measuredRush(server, { workers, batches, first: time * BATCHES * 10 }));
  }
  return {
    figures: medianOf(points.map(({ figures }) => figures)),
    redelivered: median(points.map(({ redelivered }) => redelivered)),
  };
}

/** All workers are in this process, whose memory says nothing of them. */
async function measuredRush(server: DynamoDb, asked: Rush): Promise<Required<Point>> {
  const { store, close } = storeAt(server.url, TABLE);
  try {
    const soldBefore = await soldIn(store);
    await server.reset();
    const { events, tickets, redelivered, ...measured } = await rush(store, asked);
    const figures = sampleOf(events, { ...measured, peakMegabytes: 0 }, await server.asked());
    refuseWrong((await soldIn(store)) - soldBefore, tickets);
    return { figures: { ...figures, peakMegabytes: null }, redelivered };
  } finally {
    close();
  }
}

/** Whatever the workers went through, the row counts each ticket once (D15). */
export function refuseWrong(sold: number, tickets: number): void {
  if (sold !== tickets) throw new Error(`The stock row counts ${sold} tickets as sold, and ${tickets} were.`);
}
