import { z } from 'zod';
import { flag } from './flag-setting.js';

const collector = z.url({ protocol: /^https?$/ }).optional();
const exporter = z.enum(['otlp', 'none']).default('otlp');

/** OTEL_EXPORTER_OTLP_HEADERS as the specification writes it: `name=value`, comma-separated, values percent-encoded. */
const headers = z
  .string()
  .regex(/^[^\s=,]+=[^,]*(?:,\s*[^\s=,]+=[^,]*)*$/, 'must be name=value pairs, comma-separated')
  .transform((text) => Object.fromEntries(text.split(',').map(pairOf)));

function pairOf(pair: string): [string, string] {
  const at = pair.indexOf('=');
  const value = pair.slice(at + 1).trim();
  try {
    return [pair.slice(0, at).trim(), decodeURIComponent(value)];
  } catch {
    return [pair.slice(0, at).trim(), value];
  }
}

/**
 * What is read of OpenTelemetry's own variables. Those that concern the connection alone (timeout, compression,
 * certificates) and OTEL_RESOURCE_ATTRIBUTES are read by its exporters.
 */
export const telemetrySettings = {
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.describe('OpenTelemetry collector for traces and metrics. Default: none, and nothing is traced.'),
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: collector.describe('Whole URL for traces, where it is another.'),
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: collector.describe('Whole URL for metrics, where it is another.'),
  OTEL_EXPORTER_OTLP_PROTOCOL: z.enum(['http/protobuf']).default('http/protobuf').describe('The one protocol that is spoken.'),
  OTEL_EXPORTER_OTLP_HEADERS: headers.optional().describe('Headers for the collector: name=value, comma-separated.'),
  OTEL_TRACES_EXPORTER: exporter.describe('`none` sends no traces.'),
  OTEL_METRICS_EXPORTER: exporter.describe('`none` sends no metrics.'),
  OTEL_SERVICE_NAME: z.string().min(1).default('paddock').describe('What traces and metrics call this service.'),
  OTEL_TRACES_SAMPLER: z
    .enum(['always_on', 'always_off', 'traceidratio', 'parentbased_always_on', 'parentbased_always_off', 'parentbased_traceidratio'])
    .default('parentbased_always_on')
    .describe('Which requests are traced; `parentbased_` follows a trusted proxy’s traceparent.'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number().min(0).max(1).default(1).describe('Share of requests that `traceidratio` traces.'),
  OTEL_BSP_SCHEDULE_DELAY: z.coerce
    .number()
    .int()
    .min(10)
    .max(600_000)
    .default(5000)
    .describe('Milliseconds between two batches of traces.'),
  OTEL_METRIC_EXPORT_INTERVAL: z.coerce
    .number()
    .int()
    .min(100)
    .max(3_600_000)
    .default(60_000)
    .describe('Milliseconds between two sets of metrics.'),
  OTEL_SDK_DISABLED: flag.default(false).describe('Neither traces nor metrics are sent, whatever else is set.'),
};
