import { context, diag, DiagLogLevel, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes, serviceInstanceIdDetector, type Resource } from '@opentelemetry/resources';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.js';
import type { Destinations } from './configured-tracing.js';
import { RegistryProducer } from './registry-producer.js';
import { samplerOf } from './samplers.js';
import { spansBy } from './spans.js';
import { spanStatements } from './statement-spans.js';
import { UNTRACED, type Tracing } from './tracing.js';

/** A collector that is away does not hold up the end of the portal. */
const PATIENCE_MS = 2000;
const COMPLAIN_EVERY_MS = 60_000;

/** Traces and metrics to a collector by OTLP. This file is loaded only where one is configured. */
export function openTelemetry(config: Config, registry: Registry, destinations: Destinations, logger: Logger): Tracing {
  diag.setLogger(complaintsTo(logger), DiagLogLevel.ERROR);
  const resource = resourceFromAttributes({ 'service.name': config.OTEL_SERVICE_NAME, 'paddock.role': config.PADDOCK_ROLE }).merge(
    detectResources({ detectors: [envDetector, serviceInstanceIdDetector] }),
  );
  const ends: (() => Promise<void>)[] = [];
  if (destinations.metrics) ends.push(sendMetrics(config, destinations.metrics, registry, resource));
  if (destinations.traces) ends.push(sendTraces(config, destinations.traces, resource));
  const tracing = destinations.traces ? spansBy(trace.getTracer('paddock')) : UNTRACED;
  return {
    ...tracing,
    stop: async () => {
      const ended = Promise.allSettled(ends.map((end) => end()));
      await Promise.race([ended, sleep(PATIENCE_MS, undefined, { ref: false })]);
    },
  };
}

function sendMetrics(config: Config, url: string, registry: Registry, resource: Resource): () => Promise<void> {
  const reader = new PeriodicExportingMetricReader({
    exporter: new OTLPMetricExporter({ url, headers: config.OTEL_EXPORTER_OTLP_HEADERS ?? {} }),
    exportIntervalMillis: config.OTEL_METRIC_EXPORT_INTERVAL,
    exportTimeoutMillis: Math.min(config.OTEL_METRIC_EXPORT_INTERVAL, 30_000),
    metricProducers: [new RegistryProducer(registry)],
  });
  const meters = new MeterProvider({ resource, readers: [reader] });
  return () => meters.shutdown();
}

function sendTraces(config: Config, url: string, resource: Resource): () => Promise<void> {
  const processor = new BatchSpanProcessor({
    exporter: new OTLPTraceExporter({ url, headers: config.OTEL_EXPORTER_OTLP_HEADERS ?? {} }),
    scheduledDelayMillis: config.OTEL_BSP_SCHEDULE_DELAY,
  });
  const tracers = new TracerProvider({ resource, sampler: samplerOf(config), spanProcessors: [processor] });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(tracers);
  const stopStatements = spanStatements(trace.getTracer('paddock'));
  return async () => {
    stopStatements();
    await tracers.shutdown();
  };
}

/** The libraries complain at every batch that a collector does not take; once a minute is enough. */
function complaintsTo(logger: Logger) {
  let complainedAt = -Infinity;
  const complain = (detail: string) => {
    if (performance.now() - complainedAt < COMPLAIN_EVERY_MS) return;
    complainedAt = performance.now();
    logger.warn({ detail }, 'the OpenTelemetry collector does not take what it is sent');
  };
  const quiet = () => undefined;
  return { error: complain, warn: quiet, info: quiet, debug: quiet, verbose: quiet };
}
