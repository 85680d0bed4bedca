import { pino } from 'pino';
import { Registry } from 'prom-client';
import { OtlpReceiver } from '../../../../test/support/otlp-receiver.js';
import { readConfig } from '../config.js';
import { configuredTracing } from './configured-tracing.js';
import { UNTRACED } from './tracing.js';

const configured = (env: Record<string, string>, logger = pino({ level: 'silent' })) =>
  configuredTracing(readConfig(env), new Registry(), logger);

describe('telemetry', () => {
  let collector: OtlpReceiver;
  beforeAll(async () => {
    collector = await OtlpReceiver.start();
  });
  afterAll(() => collector.stop());

  test.each<Record<string, string>>([
    {},
    { OTEL_EXPORTER_OTLP_ENDPOINT: '' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_SDK_DISABLED: 'true' },
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', OTEL_TRACES_EXPORTER: 'none', OTEL_METRICS_EXPORTER: 'none' },
  ])('is nothing at all with %j', async (env) => {
    expect(await configured(env)).toBe(UNTRACED);
  });

  test('takes the specification’s words and refuses what it does not speak', () => {
    const read = (env: Record<string, string>) => () => readConfig(env);
    expect(read({ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })).toThrow('OTEL_EXPORTER_OTLP_PROTOCOL');
    expect(read({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' })).toThrow('OTEL_EXPORTER_OTLP_ENDPOINT');
    expect(read({ OTEL_TRACES_SAMPLER: 'sometimes' })).toThrow('OTEL_TRACES_SAMPLER');
    expect(read({ OTEL_EXPORTER_OTLP_HEADERS: 'no pairs' })).toThrow('OTEL_EXPORTER_OTLP_HEADERS');
    expect(read({ OTEL_EXPORTER_JAEGER_ENDPOINT: 'of somebody else' })()).toBeDefined();
    expect(read({ OTEL_EXPORTER_OTLP_HEADERS: 'a=b%20c, d=e=f' })().OTEL_EXPORTER_OTLP_HEADERS).toEqual({ a: 'b c', d: 'e=f' });
  });

  test('a collector that takes everything and answers nothing is not waited for', async () => {
    collector.silent = true;
    // Read by the exporters themselves: what they wait for must not outlive this test by much.
    process.env['OTEL_EXPORTER_OTLP_TIMEOUT'] = '3000';
    const said: string[] = [];
    const logger = pino({ level: 'warn' }, { write: (line: string) => void said.push(line) });
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    const tracing = await configured({ ...env, OTEL_BSP_SCHEDULE_DELAY: '10', OTEL_METRIC_EXPORT_INTERVAL: '100' }, logger);
    const broken = tracing.traced('work', 'internal', {}, async () => {
      throw new TypeError('what somebody sent');
    });
    await expect(broken).rejects.toThrow('what somebody sent');
    expect(tracing.ids()).toBeUndefined();
    const began = performance.now();
    await tracing.stop();
    expect(performance.now() - began).toBeLessThan(4000);
    expect(said.length).toBeLessThan(2);
  });
});
