import { OtlpReceiver } from '../support/otlp-receiver.js';
import { Person, PASSWORD } from '../support/person.js';
import { ADMIN } from '../support/portal.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';

const collector = await OtlpReceiver.start();

describe('what the server writes down', () => {
  const its = portalUnderTest({
    PADDOCK_LOG_LEVEL: 'debug',
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_BSP_SCHEDULE_DELAY: '50',
    OTEL_METRIC_EXPORT_INTERVAL: '200',
  });
  afterAll(() => collector.stop());

  test('holds no password, token, cookie, signature or single-use link, though all went well and then all went wrong', async () => {
    const secrets = new Set([ADMIN.password, PASSWORD, 'a-wrong-password', 'a-brand-new-password']);
    const ada = await its.person('Ada Secretive');
    const grant = await ada.obtainGrant(its.admin);
    const manifest = await ada.links(grant);
    for (const { url } of manifest.artifacts) {
      secrets.add(new URL(url).searchParams.get('s')!);
      await (await fetch(url)).arrayBuffer();
      await fetch(url.replace('s=', 's=x'));
    }
    const token = await ada.withToken(['read']);
    secrets.add(token.token!);
    await token.get('/me');
    const session = await new Person(its.url).post('/session', { email: ada.email, password: PASSWORD });
    secrets.add(/=([^;]+)/.exec(session.headers.getSetCookie()[0]!)![1]!);
    await new Person(its.url).post('/session', { email: ada.email, password: 'a-wrong-password' });
    await new Person(its.url).post('/password-reset', { email: ada.email });
    for (const { body } of await its.database.query<{ body: string }>('SELECT body FROM mail'))
      for (const [, secret] of body.matchAll(/#token=(\S+)/g)) secrets.add(secret!);
    for (const secret of secrets) await fetch(`${its.url}/api/v1/models/${secret}?token=${secret}`);
    const hashes = await its.database.query<{ secret: string }>(
      'SELECT password_hash AS secret FROM account WHERE password_hash IS NOT NULL',
    );

    // A table that is missing is a bug of ours as any other: its report must not carry what the statement was given.
    await its.database.query(
      'ALTER TABLE mail RENAME TO mail_away; ALTER TABLE session RENAME TO session_away; ALTER TABLE access_token RENAME TO access_token_away',
    );
    expect(refusalIn(await new Person(its.url).post('/password-reset', { email: ada.email }))).toBe('500 internal-error');
    expect(
      refusalIn(await new Person(its.url).post('/accounts', { email: 'broken@example.org', password: PASSWORD, name: 'Ada Secretive' })),
    ).toBe('500 internal-error');
    expect(refusalIn(await new Person(its.url).post('/session', { email: ada.email, password: PASSWORD }))).toBe('500 internal-error');
    expect(refusalIn(await token.get('/me'))).toBe('500 internal-error');

    const output = its.portal.output();
    expect(output).toContain('relation \\"mail\\" does not exist');
    expect(secrets.size).toBeGreaterThan(9);
    await until('the collector has the last of it', 30_000, () =>
      collector.spans.some(({ attributes }) => attributes['error.type'] || attributes['http.response.status_code'] === 500),
    );
    await until('and metrics', 30_000, () => collector.metrics.length > 0);
    for (const written of [output, Buffer.concat(collector.bodies).toString('latin1')]) {
      for (const secret of [...secrets, ...hashes.map((row) => row.secret)]) expect(written).not.toContain(secret);
      expect(written).not.toMatch(/#token=|hf_[A-Za-z0-9]{20}|\$argon2id|[?&]s=/);
      for (const personal of [ada.email, 'broken@example.org', 'Ada Secretive', 'Lovelace']) expect(written).not.toContain(personal);
    }
    const lines = output.split('\n').filter((line) => line.startsWith('{'));
    expect(
      lines.map((line) => JSON.parse(line) as { route?: string; account?: string }).some(({ route, account }) => route && account),
    ).toBe(true);
  });
});
