import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { freePort } from '../support/free-port.js';
import { startNginx, nginxRemedy } from '../support/nginx.js';
import { OtlpReceiver } from '../support/otlp-receiver.js';
import { describeWithPeer } from '../support/peers.js';
import { until } from '../support/processes.js';
import { submitRequest, WebhookPortal } from '../support/webhook-portal.js';

const TRACE = '0af7651916cd43dd8448eb211c80319c';
const PARENT = 'b7ad6b7169203331';
const SERVER = 2;
const CLIENT = 3;

const collector = await OtlpReceiver.start();
const port = new WebhookPortal({
  PADDOCK_OUTGOING_ALLOW_PRIVATE: 'true',
  PADDOCK_TRUSTED_PROXIES: '127.0.0.1',
  PADDOCK_LOG_LEVEL: 'info',
  OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
  OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20of-the-collector',
  OTEL_BSP_SCHEDULE_DELAY: '50',
  OTEL_METRIC_EXPORT_INTERVAL: '200',
});
const { its } = port;
afterAll(() => collector.stop());

const arrived = (what: string, check: () => unknown) => until(`the collector got ${what}`, 30_000, check);
const logLines = () =>
  its.portal
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

describe('traces and metrics by OTLP', () => {
  test('a request that a trusted proxy passes on goes on in its trace, with its statements as parts', async () => {
    const headers = { 'x-forwarded-for': '192.0.2.1', traceparent: `00-${TRACE}-${PARENT}-01` };
    const answer = await fetch(`${its.url}/api/v1/models/demo-llama?q=hidden`, { headers });
    await arrived('the request', () => collector.of(TRACE).some(({ kind }) => kind === SERVER));
    const spans = collector.of(TRACE);
    const request = spans.find(({ kind }) => kind === SERVER)!;
    expect(request).toMatchObject({
      name: 'GET /api/v1/models/:model',
      parent: PARENT,
      attributes: {
        'http.request.method': 'GET',
        'http.route': '/api/v1/models/:model',
        'http.response.status_code': 200,
        'paddock.request.id': answer.headers.get('x-request-id'),
      },
    });
    const statements = spans.filter(({ kind }) => kind === CLIENT);
    expect(statements.length).toBeGreaterThan(0);
    for (const { parent, attributes } of statements) {
      expect(parent).toBe(request.span);
      expect(attributes['db.query.text']).toMatch(/SELECT/);
    }
    expect(collector.resource).toMatchObject({ 'service.name': 'paddock', 'paddock.role': 'all' });
    expect(collector.headers[0]).toMatchObject({ authorization: 'Bearer of-the-collector', 'content-type': 'application/x-protobuf' });
    expect(JSON.stringify(spans)).not.toContain('hidden');
    expect(logLines().find(({ requestId }) => requestId === answer.headers.get('x-request-id'))).toMatchObject({
      traceId: TRACE,
      status: 200,
    });
  });

  test('a traceparent from anybody else begins nothing and joins nothing', async () => {
    const trace = TRACE.replaceAll('a', 'b');
    const answer = await fetch(`${its.url}/health/live`, { headers: { traceparent: `00-${trace}-${PARENT}-01` } });
    const id = answer.headers.get('x-request-id');
    const mine = () => collector.spans.find(({ attributes }) => attributes['paddock.request.id'] === id);
    await arrived('the request', mine);
    expect(mine()).toMatchObject({ parent: '', name: 'GET /health/live' });
    expect(collector.of(trace)).toEqual([]);
  });

  test('a body that comes in pieces stays in its trace, and a refusal says its status', async () => {
    const answer = await its.admin.post('/access-requests', { model: 'no-such-model', licensee: { kind: 'individual' }, answers: {} });
    const id = answer.headers.get('x-request-id');
    const mine = () => collector.spans.find(({ attributes }) => attributes['paddock.request.id'] === id);
    await arrived('the request', mine);
    expect(mine()).toMatchObject({ name: 'POST /api/v1/access-requests', attributes: { 'http.response.status_code': answer.status } });
    const ada = await its.person();
    const draft = await ada.post('/access-requests', {
      model: 'demo-llama',
      licensee: { kind: 'individual', legalName: 'Ada Lovelace', country: 'GB' },
      answers: {},
    });
    const drafted = () => collector.spans.find(({ attributes }) => attributes['paddock.request.id'] === draft.headers.get('x-request-id'));
    await arrived('the draft', drafted);
    expect(collector.of(drafted()!.trace).map(({ name }) => name)).toContain('INSERT');
  });

  test('a webhook tells its receiver the trace of its attempt', async () => {
    await port.add(its.admin, '/traced');
    const request = await submitRequest(await its.person());
    await until('it came', 30_000, () => port.of(request).length > 0);
    const { traceparent } = port.of(request)[0]!.headers;
    const [, trace, span] = /^00-([0-9a-f]{32})-([0-9a-f]{16})-01$/.exec(traceparent!)!;
    await arrived('the attempt', () => collector.of(trace!).some(({ name }) => name === 'webhook attempt'));
    expect(collector.of(trace!).find(({ name }) => name === 'webhook attempt')).toMatchObject({
      span,
      attributes: { 'http.response.status_code': 200, 'paddock.attempt': 1 },
    });
    await arrived('the job', () => collector.named('job webhooks').length > 0);
  });

  test('bytes from the store are a part of their download', async () => {
    const ada = await its.person();
    const { artifacts } = await ada.links(await ada.obtainGrant(its.admin));
    const file = await (await fetch(artifacts[0]!.url)).arrayBuffer();
    await arrived('the store’s part', () =>
      collector.named('store send').some(({ attributes }) => attributes['paddock.bytes'] === file.byteLength),
    );
    const sent = collector.named('store send').find(({ attributes }) => attributes['paddock.bytes'] === file.byteLength)!;
    expect(collector.of(sent.trace).find(({ span }) => span === sent.parent)?.name).toBe('GET /d/:link/*');
  });

  test('metrics are those of /metrics, number by number', async () => {
    await its.admin.get('/me');
    const printed = await (await fetch(`${its.url}/metrics`)).text();
    const names = [...printed.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name!);
    const series = new Map(
      [...printed.matchAll(/^(paddock_gate_decisions_total|paddock_http_request_seconds_count)\{(.*)\} (\S+)$/gm)].map(
        ([, name, labels, value]) => [`${name} ${labels!.split(',').toSorted().join(',')}`, Number(value)],
      ),
    );
    const told = () =>
      new Map<string, number>(
        collector.metrics.flatMap(({ name, points }) =>
          points.map(({ attributes, value, buckets }) => {
            const labels = Object.entries(attributes).map(([label, text]) => `${label}="${text}"`);
            return [`${name}${buckets ? '_count' : ''} ${labels.toSorted().join(',')}`, value] as const;
          }),
        ),
      );
    expect(series.size).toBeGreaterThan(5);
    await arrived('the same numbers', () => [...series].every(([key, value]) => told().get(key)! >= value));
    // How many requests are active is told where there are any.
    const quiet = names.filter(
      (name) => name !== 'nodejs_active_requests' && new RegExp(`^${name}(?:_count)?(?:\\{| )`, 'm').test(printed),
    );
    expect(quiet.filter((name) => !collector.metrics.some((metric) => metric.name === name))).toEqual([]);
    const seconds = collector.metrics.find(({ name }) => name === 'paddock_http_request_seconds')!;
    for (const { buckets, bounds, value } of seconds.points) {
      expect(buckets!.reduce((sum, one) => sum + one)).toBe(value);
      expect(buckets).toHaveLength(bounds!.length + 1);
    }
  });
});

describeWithPeer('a trace that nginx begins', ['nginx'], nginxRemedy, () => {
  test('has the id that nginx logs and tells, whatever the client sent', async () => {
    const nginx = await startNginx({ port: await freePort(), portals: [Number(new URL(its.url).port)] });
    try {
      const answer = await fetch(`${nginx.url}/api/v1/models`, { headers: { traceparent: `00-${TRACE}-${PARENT}-01` } });
      const id = answer.headers.get('x-request-id');
      const mine = () => collector.spans.find(({ attributes }) => attributes['paddock.request.id'] === id);
      await arrived('the request', mine);
      expect(mine()!.trace).not.toBe(TRACE);
      expect(mine()!.parent).toBe(mine()!.trace.slice(0, 16));
    } finally {
      await nginx.stop();
    }
  });
});

describe('what is watched', () => {
  const infra = resolve(import.meta.dirname, '../../infra/observability');
  const alerts = readFileSync(join(infra, 'alerts.yml'), 'utf8');
  const dashboard = JSON.parse(readFileSync(join(infra, 'dashboard.json'), 'utf8')) as { panels: { targets: { expr: string }[] }[] };
  const rules = [...alerts.matchAll(/^ +expr: >-\n +(.+)$/gm)].map(([, expr]) => expr!);
  const shown = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));

  test('every metric of alerts and dashboard is one that the portal prints, and every runbook is there', async () => {
    const printed = await (await fetch(`${its.url}/metrics`)).text();
    const types = [...printed.matchAll(/^# TYPE (\S+) (\S+)/gm)].map(([, name, type]) => ({ name: name!, type: type! }));
    const known = new Set(
      types.flatMap(({ name, type }) => (type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name])),
    );
    const used = new Set(
      [...rules, ...shown].flatMap((expr) => [...expr.matchAll(/\b(?:paddock|nodejs|process)_\w+/g)].map(([name]) => name)),
    );
    expect(rules.length).toBe(alerts.match(/- alert:/g)!.length);
    expect(used.size).toBeGreaterThan(15);
    expect([...used].filter((name) => !known.has(name))).toEqual([]);
    const own = types.map(({ name }) => name).filter((name) => name.startsWith('paddock_'));
    const all = [...rules, ...shown].join('\n');
    expect(own.filter((name) => !all.includes(name))).toEqual([]);
    const runbooks = [...alerts.matchAll(/^ +runbook: (\S+)$/gm)].map(([, path]) => path!);
    expect(runbooks).toHaveLength(rules.length);
    expect(runbooks.filter((path) => !existsSync(resolve(import.meta.dirname, '../..', path)))).toEqual([]);
  });

  describeWithPeer('by Prometheus’ own tool', ['promtool'], 'apt-get install -y --no-install-recommends prometheus', () => {
    test('the rules fire when they should and rest when they should, and /metrics is well-formed', async () => {
      const promtool = (...args: string[]) => spawnSync('promtool', args, { cwd: infra, encoding: 'utf8' });
      expect(promtool('check', 'rules', 'alerts.yml')).toMatchObject({ status: 0 });
      expect(promtool('test', 'rules', 'alerts.test.yml')).toMatchObject({ status: 0 });
      const input = await (await fetch(`${its.url}/metrics`)).text();
      const checked = spawnSync('promtool', ['check', 'metrics'], { input, encoding: 'utf8' });
      expect(checked.stderr.split('\n').filter((line) => line.startsWith('paddock_'))).toEqual([]);
      expect(checked.stderr).not.toContain('error while linting');
    });
  });
});
