// Metrics as CloudWatch reads them from log lines, in the embedded metric format: no request, no waiting.
import { Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { type Metric, NAMESPACE, SERVICE } from "./metrics.ts";

/**
 * Writes one line for all of a batch's metrics, and one for each reason that something was parked for. Cold starts
 * are not among them: Lambda's own report of each invocation tells those.
 */
export function emfMeter(stage: string): (metrics: Metric[]) => void {
  const emf = new Metrics({ namespace: NAMESPACE, serviceName: SERVICE, defaultDimensions: { stage } });
  return (metrics) => {
    for (const metric of metrics) add(emf, metric);
    emf.publishStoredMetrics();
  };
}

function add(emf: Metrics, { name, unit, value, reason }: Metric): void {
  const place = reason === undefined ? emf : emf.singleMetric().addDimension("reason", reason);
  place.addMetric(name, MetricUnit[unit], value);
}
