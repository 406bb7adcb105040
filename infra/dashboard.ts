// The dashboard of a stage, as CloudWatch wants it. Pure.
import { busGraphs } from "./bus-graphs.ts";
import { type Graph, graphsOf, type Metrics, type Names } from "./graphs.ts";

type Place = { x: number; y: number; width: number; height: number };

type MetricWidget = {
  type: "metric";
  properties: { title: string; region: string } & Metrics & { period: number };
};
type LogWidget = {
  type: "log";
  properties: { title: string; region: string; view: "timeSeries"; query: string };
};

export type Widget = Place & (MetricWidget | LogWidget);

/** Two widgets a row, of the 24 columns that there are. */
const WIDTH = 12;
const HEIGHT = 6;

/** Seconds. */
const PERIOD = 60;

export function dashboardOf(names: Names, region: string): { widgets: Widget[] } {
  const graphs = [...graphsOf(names), ...busGraphs(names)];
  return { widgets: graphs.map((graph, index) => ({ ...placeOf(index), ...shown(graph, region) })) };
}

function placeOf(index: number): Place {
  return { x: (index % 2) * WIDTH, y: Math.floor(index / 2) * HEIGHT, width: WIDTH, height: HEIGHT };
}

function shown({ title, ...shows }: Graph, region: string): MetricWidget | LogWidget {
  if ("query" in shows) return { type: "log", properties: { title, region, view: "timeSeries", ...shows } };
  return { type: "metric", properties: { title, region, period: PERIOD, ...shows } };
}
