import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import type { Config } from '../config.js';
import { UNTRACED, type Tracing } from './tracing.js';

/** OpenTelemetry's libraries are loaded where a collector is named, and nowhere else: they take a fifth of a second. */
export async function configuredTracing(config: Config, registry: Registry, logger: Logger): Promise<Tracing> {
  const destinations = destinationsOf(config);
  if (!destinations.traces && !destinations.metrics) return UNTRACED;
  const { openTelemetry } = await import('./open-telemetry.js');
  return openTelemetry(config, registry, destinations, logger);
}

export interface Destinations {
  traces: string | undefined;
  metrics: string | undefined;
}

/** As the specification says: what is named for one signal is taken as it is, what is named for all gets the signal's path. */
function destinationsOf(config: Config): Destinations {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_SDK_DISABLED: disabled } = config;
  const of = (signal: string, own: string | undefined, exporter: 'otlp' | 'none') =>
    disabled || exporter === 'none' ? undefined : (own ?? (all && `${all.replace(/\/$/, '')}/v1/${signal}`));
  return {
    traces: of('traces', config.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT, config.OTEL_TRACES_EXPORTER),
    metrics: of('metrics', config.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT, config.OTEL_METRICS_EXPORTER),
  };
}
