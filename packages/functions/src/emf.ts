// Metrics as CloudWatch reads them from log lines, in the embedded metric format: no request, no waiting.
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { AS_METRICS, type Metric, NAMESPACE, SERVICE } from "./metrics.ts";

/**
 * Writes one line for all of a batch's numbers, and one for each reason that something was parked for. Only what is in
 * `AS_METRICS` becomes a metric. Cold starts are not among them: Lambda's own report of each invocation tells those.
 */
export function emfMeter(stage: string): (metrics: Metric[]) => void {
  const emf = new Metrics({ namespace: NAMESPACE, serviceName: SERVICE, defaultDimensions: { stage } });
  return (metrics) => {
    const isMetric = ({ name }: Metric) => AS_METRICS.includes(name);
    for (const metric of metrics.filter(isMetric)) add(emf, metric);
    const counts = metrics.filter((metric) => !isMetric(metric)).map(({ name, value }) => [name, value]);
    write(emf, Object.fromEntries(counts));
  };
}

function add(emf: Metrics, { name, unit, value, reason }: Metric): void {
  const place = reason === undefined ? emf : emf.singleMetric().addDimension("reason", reason);
  place.addMetric(name, MetricUnit[unit], value);
}

/** Powertools writes no line without metrics, and no number that is not one. */
function write(emf: Metrics, counts: Record<string, number>): void {
  const { _aws, ...line } = emf.serializeMetrics();
  const metrics = emf.hasStoredMetrics() ? { _aws } : {};
  process.stdout.write(`${JSON.stringify({ ...metrics, ...line, ...counts })}\n`);
  emf.clearMetrics();
}
