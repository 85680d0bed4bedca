import { ValueType, type Attributes, type HrTime } from '@opentelemetry/api';
import { hrTime, millisToHrTime } from '@opentelemetry/core';
import { emptyResource } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  DataPointType,
  type CollectionResult,
  type DataPoint,
  type Histogram,
  type MetricData,
  type MetricProducer,
} from '@opentelemetry/sdk-metrics';
import type { MetricObjectWithValues, MetricValue, MetricValueWithName, Registry } from 'prom-client';

type Printed = MetricObjectWithValues<MetricValue<string>>;

/** What /metrics shows, as OpenTelemetry tells it: the same table of metrics, with a second printer. */
export class RegistryProducer implements MetricProducer {
  private readonly startedAt = millisToHrTime(performance.timeOrigin);

  constructor(private readonly registry: Registry) {}

  async collect(): Promise<CollectionResult> {
    const at = hrTime();
    const printed = await this.registry.getMetricsAsJSON();
    const metrics = printed.map((metric) => dataOf(metric, this.startedAt, at)).filter((data) => data.dataPoints.length > 0);
    return { resourceMetrics: { resource: emptyResource(), scopeMetrics: [{ scope: { name: 'paddock' }, metrics }] }, errors: [] };
  }
}

function dataOf(metric: Printed, startTime: HrTime, endTime: HrTime): MetricData {
  const base = {
    descriptor: { name: metric.name, description: metric.help, unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.CUMULATIVE,
  };
  const points = () => metric.values.map(({ labels, value }) => ({ startTime, endTime, attributes: textual(labels), value }));
  switch (String(metric.type)) {
    case 'counter':
      return { ...base, dataPointType: DataPointType.SUM, isMonotonic: true, dataPoints: points() };
    case 'histogram':
      return { ...base, dataPointType: DataPointType.HISTOGRAM, dataPoints: histogramsOf(metric, startTime, endTime) };
    default:
      return { ...base, dataPointType: DataPointType.GAUGE, dataPoints: points() };
  }
}

/** prom-client prints a histogram as lines: buckets that each count all before them, then sum and count. */
function histogramsOf({ name, values }: Printed, startTime: HrTime, endTime: HrTime): DataPoint<Histogram>[] {
  const lines = Map.groupBy(values as MetricValueWithName<string>[], ({ labels: { le: _, ...others } }) => JSON.stringify(others));
  return [...lines].map(([labels, group]) => {
    const sum = group.find(({ metricName }) => metricName === `${name}_sum`)?.value ?? 0;
    const count = group.find(({ metricName }) => metricName === `${name}_count`)?.value ?? 0;
    const buckets = group.filter(({ metricName, labels: { le } }) => metricName === `${name}_bucket` && le !== '+Inf');
    const reached = [...buckets.map(({ value }) => value), count];
    const counts = reached.map((value, index) => value - (reached[index - 1] ?? 0));
    const value = { buckets: { boundaries: buckets.map(({ labels: { le } }) => Number(le)), counts }, sum, count };
    return { startTime, endTime, attributes: textual(JSON.parse(labels) as Attributes), value };
  });
}

/** Labels are text on /metrics, so they are here. */
function textual(labels: object): Attributes {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, String(value)]));
}
