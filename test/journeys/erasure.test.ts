import { formatVerifierKey, noteSigner } from '@paddock/ledger';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPaddock } from '../support/command-line.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { verifyEmail } from '../support/organization.js';
import { Person, type Answer } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { accountOf, columnsWith, erase, filesWith, untilErasure } from '../support/privacy.js';
import { problemIn, refusalIn } from '../support/problems.js';
import { until } from '../support/processes.js';

const ORIGIN = 'log.example/ledger';
const SEED = 'd'.repeat(64);
const LOG = formatVerifierKey(noteSigner(ORIGIN, Buffer.from(SEED, 'hex')).key);
const EMAIL = 'zenobia.quist@example.org';
const NAME = 'Zenobia Quist';
const TYPED = 'Zenobia van Quist';
const WORDS = ['zenobia', 'quist'];

describe('somebody who wants to be erased', () => {
  let folder: string;
  let database: TestDatabase;
  let portal: TestPortal;
  let port: string;
  let zenobia: Person;
  let account: string;
  let acceptance: string;
  let grant: string;
  let link: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-erasure-'));
    database = await testDatabase();
    port = String(await freePort());
    await start();
    zenobia = await portal.person(EMAIL, NAME);
    account = await accountOf(database, EMAIL);
  });
  afterAll(async () => {
    await portal.stop('SIGKILL');
    await database.drop();
    rmSync(folder, { recursive: true, maxRetries: 20, retryDelay: 250 });
  });

  const start = async () => {
    portal = await startPortal({
      databaseUrl: database.serverUrl,
      dataDir: join(folder, 'portal'),
      env: {
        PADDOCK_DATABASE_OWNER_URL: database.ownerUrl,
        PADDOCK_PORT: port,
        PADDOCK_LEDGER_ORIGIN: ORIGIN,
        PADDOCK_LEDGER_KEY: SEED,
      },
    });
  };
  const evidence = async (who: Person): Promise<Answer> => {
    let answer: Answer | undefined;
    await until('evidence', 30_000, async () => (answer = await who.get(`/acceptances/${acceptance}/evidence.json`)).status === 200);
    return answer!;
  };
  const verify = (file: string) => runPaddock('http://127.0.0.1:1', undefined, 'verify', join(folder, file), '--key', LOG);

  test('has left traces in every corner', async () => {
    const presentation = await zenobia.post<{ id: string; assent: { attestations: { id: string }[] } }>('/presentations', {
      model: 'demo-llama-assent',
      licensee: { kind: 'individual', legalName: NAME, country: 'NL' },
    });
    const attestations = Object.fromEntries(presentation.body.assent.attestations.map(({ id }) => [id, true]));
    const accepted = await zenobia.post<{ id: string; grant: string }>('/acceptances', {
      presentation: presentation.body.id,
      typedName: TYPED,
      attestations,
      assented: true,
    });
    ({ id: acceptance, grant } = accepted.body);
    link = (await zenobia.links(grant)).artifacts[0]!.url;
    const licensee = { kind: 'individual', legalName: NAME, country: 'NL' };
    await zenobia.post('/access-requests', { model: 'demo-llama', licensee, answers: {} }, { 'idempotency-key': 'quist' });
    await zenobia.post('/tokens', { name: 'Zenobia’s laptop', scopes: ['read'] });
    await (await portal.admin()).post('/blocks', { kind: 'person', email: EMAIL, reason: 'Passed weights on.' });
    writeFileSync(join(folder, 'before.json'), (await evidence(zenobia)).text);
    expect(await columnsWith(database, WORDS)).toEqual(
      expect.arrayContaining(['person.email', 'person.name', 'mail.recipient', 'access_token.name', 'block.value']),
    );
  });

  test('reads beforehand what ends and what stays until when', async () => {
    const { body } = await zenobia.get<{
      state: string;
      kept: { acceptance: string; until: string; why: string }[];
      ends: { part: string; count: number }[];
    }>('/me/erasure');
    expect(body).toMatchObject({ state: 'none', obstacles: [], kept: [{ acceptance, why: 'retention' }] });
    expect(Date.parse(body.kept[0]!.until) - Date.now()).toBeGreaterThan(3649 * 86_400_000);
    const counts = Object.fromEntries(body.ends.map(({ part, count }) => [part, count]));
    expect(counts).toMatchObject({ grants: 1, requests: 1, memberships: 0, roles: 0, tokens: 1, sessions: 1 });
  });

  test('must prove anew who they are, and with what their account has', async () => {
    expect(refusalIn(await erase(zenobia, { method: 'password', password: 'guessed-wrongly' }))).toBe('401 bad-credentials');
    expect(refusalIn(await erase(zenobia, { method: 'totp', code: '123456' }))).toBe('401 bad-second-factor');
    expect(refusalIn(await erase(zenobia, { method: 'sign-in' }))).toBe('400 malformed-request');
    expect(refusalIn(await zenobia.post('/me/erase', {}))).toBe('400 malformed-request');
    expect(refusalIn(await erase(await zenobia.withToken(['read', 'request', 'download'])))).toBe('403 session-required');
    expect(refusalIn(await erase(new Person(portal.url)))).toBe('401 unauthenticated');
    expect((await zenobia.get('/me')).status).toBe(200);
    const refused = await database.query(`SELECT code FROM event WHERE kind = 'erasure-refused' AND actor_id = $1`, [account]);
    expect(refused.length).toBe(3);
  });

  test('is refused while a tenth of all guesses is not left', async () => {
    const other = await portal.person('guessed@example.org');
    const answers = [];
    for (let n = 0; n < 11; n += 1) answers.push(refusalIn(await erase(other, { method: 'password', password: `guess-number-${n}` })));
    expect(answers.at(-1)).toBe('429 too-many-attempts');
  });

  test('is told, loses all access at once, and only the minimum stays', async () => {
    const session = zenobia.at(portal.url);
    const answer = await erase(zenobia);
    expect([answer.status, answer.body.state]).toEqual([200, 'minimum-kept']);
    expect(answer.body.kept).toMatchObject([{ acceptance, why: 'retention' }]);
    expect(zenobia.cookies.has('paddock-session')).toBe(false);
    expect(refusalIn(await session.get('/me'))).toBe('401 unauthenticated');
    expect(refusalIn(await erase(session))).toBe('401 unauthenticated');
    expect((await new Person(portal.url).post('/session', { email: EMAIL, password: 'a-long-enough-password' })).status).toBe(401);
    expect((await fetch(link)).status).toBe(403);
    const admin = await portal.admin();
    expect((await admin.get(`/grants/${grant}`)).body).toMatchObject({ state: 'revoked', reason: 'The licensee asked to be erased.' });
    const [mail] = await database.query<{ recipient: string; body: string }>(
      `SELECT recipient, body FROM mail WHERE subject = 'Your account was erased'`,
    );
    expect(mail!.recipient).toBe('');
    expect(mail!.body).toContain('the typed name is kept sealed');
    expect(mail!.body).toMatch(/- demo-llama-assent \([\w-]+\): until \d{4}-\d\d-\d\d/);
    expect(await columnsWith(database, WORDS)).toEqual([]);
  });

  test('who is blocked does not come back by it', async () => {
    const again = await portal.person(EMAIL, 'Somebody Else');
    const person = Object.assign(again, { email: EMAIL });
    await verifyEmail({ database } as never, person);
    expect(problemIn(await again.post('/presentations', { model: 'demo-llama-assent' }))).toMatchObject({ code: 'blocked' });
    const blocks = await (await portal.admin()).get<{ items: { value: string }[] }>('/blocks');
    expect(blocks.body.items[0]!.value).toBe('an erased person');
    expect((await erase(again)).body.state).toBe('erased');
  });

  test('the minimum can still be told by staff, and the evidence that was kept verifies', async () => {
    writeFileSync(join(folder, 'minimum.json'), (await evidence(await portal.admin())).text);
    expect((await verify('minimum.json')).stdout).toContain(`accepted as "${TYPED}"`);
    expect(await verify('before.json')).toMatchObject({ code: 0, stdout: expect.stringContaining(`accepted as "${TYPED}"`) });
  });

  test('a legal hold holds up the end of it; staff see so', async () => {
    const admin = await portal.admin();
    const hold = await admin.post<{ id: string }>('/holds', { scope: 'account', subject: account, reason: 'A case is pending.' });
    expect(hold.status).toBe(201);
    await admin.post('/retention/rules', { kind: 'sealed-minimum', days: 0 });
    const dry = await admin.post<{ items: unknown[] }>('/retention/dry-run', { kind: 'sealed-minimum' });
    expect(dry.body.items).toMatchObject([{ kind: 'sealed-minimum', rows: 0, held: 1, oldest: null }]);
    const listed = await admin.get<{ items: { account: string; state: string; kept: { why: string }[] }[] }>('/erasures');
    expect(listed.body.items.find((one) => one.account === account)).toMatchObject({
      state: 'minimum-kept',
      kept: [{ why: 'legal-hold' }],
    });
    expect(refusalIn(await (await portal.person('eve@example.org')).get('/erasures'))).toBe('403 role-missing');
    await admin.post(`/holds/${hold.body.id}/lift`, { reason: 'The case is closed.' });
    expect(refusalIn(await admin.post(`/holds/${hold.body.id}/lift`, { reason: 'Again.' }))).toBe('404 not-found');
    await untilErasure(database, account, 'erased');
  });

  test('afterwards nothing anywhere tells who it was: tables, store, logs', async () => {
    expect(await columnsWith(database, WORDS)).toEqual([]);
    expect(filesWith(join(folder, 'portal'), WORDS)).toEqual([]);
    expect(portal.output().toLowerCase()).not.toMatch(/zenobia|quist/);
    expect(await database.query('SELECT FROM person_key WHERE account_id = $1', [account])).toEqual([]);
    expect(
      await database.query(`SELECT FROM sealed_record WHERE account_id = $1 AND (length(ciphertext) > 0 OR erased_at IS NULL)`, [account]),
    ).toEqual([]);
  });

  test('what names people elsewhere goes on without the name', async () => {
    const admin = await portal.admin();
    for (const path of ['/audit/acceptances', '/audit/events', '/grants?scope=staff', '/access-requests?scope=review', '/mail', '/blocks'])
      expect([path, (await admin.get(path)).status]).toEqual([path, 200]);
    const audited = await admin.get<{ items: { id: string; signerName: string | null }[] }>('/audit/acceptances');
    expect(audited.body.items.find(({ id }) => id === acceptance)).toMatchObject({
      signerName: null,
      signerEmail: null,
      licenseeName: null,
    });
  });

  test('after a restart inclusion verifies and identity does not; verify says which, and since when', async () => {
    await portal.stop();
    await start();
    writeFileSync(join(folder, 'after.json'), (await evidence(await portal.admin())).text);
    const erased = await verify('after.json');
    const today = new Date().toISOString().slice(0, 10);
    expect(erased.code).toBe(0);
    expect(erased.stdout).toContain('ok     inclusion');
    expect(erased.stdout).toContain(`open   identity    Included in the log; identity erased on ${today}`);
    expect(erased.stdout).not.toContain('Quist');
    expect(await verify('before.json')).toMatchObject({ code: 0, stdout: expect.stringContaining(TYPED) });
  });

  test('steps are events, in their order', async () => {
    const events = await database.query<{ kind: string }>(
      `SELECT kind FROM event WHERE subject_id = ANY ($1::uuid[]) AND kind ~ '^(erasure|hold|acceptance-anon)' AND kind <> 'erasure-refused' ORDER BY id`,
      [[account, acceptance]],
    );
    expect(events.map(({ kind }) => kind)).toEqual([
      'erasure-requested',
      'erasure-ended',
      'erasure-minimum-kept',
      'hold-set',
      'hold-lifted',
      'acceptance-anonymized',
      'erasure-completed',
    ]);
  });
});
