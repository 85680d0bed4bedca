import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { runPaddock } from '../support/command-line.js';
import { publishModel, WEIGHTS } from '../support/licenses.js';
import { OrganizationUnderTest } from '../support/organization.js';
import { Person } from '../support/person.js';
import { ageRow, portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn, tally } from '../support/problems.js';
import * as publication from '../support/publication.js';
import { SlowDownload } from '../support/slow-download.js';

/** The second that the design allows, and what a busy machine adds. */
const LIMIT_MS = 1500;

describe('an organization', () => {
  const its = portalUnderTest();
  let models = 0;

  const freshModel = async (admission: 'assent' | 'application' = 'assent') => {
    const slug = `org-model-${(models += 1)}`;
    await publishModel(its.admin, slug, admission);
    return slug;
  };
  const withToken = (token: string) => Object.assign(new Person(its.url), { token });
  const linkOf = async (holder: Person, grant: string) => (await holder.links(grant, { release: 'first' })).artifacts[0]!.url;
  const headOf = async (url: string) => (await fetch(url, { method: 'HEAD' })).status;
  const refusalOf = async (url: string) => {
    const response = await fetch(url);
    return refusalIn({ status: response.status, headers: response.headers, text: await response.text() });
  };

  test('of three members applies, is approved, accepts, and its CI downloads by the token of a seat', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, alan] = [await lab.join(), await lab.join()];
    const model = await freshModel('application');

    // A member applies for the organization; its officer accepts.
    const request = await grace.post<{ id: string }>('/access-requests', { model, licensee: lab.licensee, answers: {} });
    await grace.post(`/access-requests/${request.body.id}/submit`);
    await its.admin.post(`/access-requests/${request.body.id}/approve`);
    expect(refusalIn(await lab.present(grace, model))).toBe('403 officer-required');
    const grant = await lab.accept(lab.officer, model);

    const seat = await lab.seat({ name: 'CI' });
    expect(seat.token).toMatch(/^hf_[A-Za-z0-9]{40}$/);
    const ci = withToken(seat.token);
    expect((await ci.get('/me')).body).toMatchObject({ kind: 'seat', id: seat.id, organization: { id: lab.id, legalName: 'Example Lab' } });
    expect((await ci.get<{ items: { id: string }[] }>('/grants')).body.items.map(({ id }) => id)).toEqual([grant]);
    expect((await ci.get(`/grants/${grant}`)).body['state']).toBe('active');

    const manifest = await ci.links(grant, { release: 'first' });
    const weights = manifest.artifacts.find(({ path }) => path === 'weights.bin')!;
    expect(Buffer.from(await (await fetch(weights.url)).arrayBuffer())).toEqual(WEIGHTS);
    const [held] = await its.database.query(
      'SELECT h.seat_id, h.account_id FROM link x JOIN holder h ON h.id = x.holder_id WHERE x.id = $1',
      [manifest.link],
    );
    expect(held).toEqual({ seat_id: seat.id, account_id: null });
    const events = await its.admin.get<{ items: { actor: string }[] }>(`/audit/events?kind=link-issued&subject=${manifest.link}`);
    expect(events.body.items.map(({ actor }) => actor)).toEqual([seat.id]);

    const folder = await mkdtemp(join(tmpdir(), 'paddock-seat-'));
    const ran = await runPaddock(its.url, seat.token, 'download', model, 'first', '--dir', folder);
    expect([ran.code, await readFile(join(folder, 'weights.bin'))]).toEqual([0, WEIGHTS]);
    await rm(folder, { recursive: true });

    // Covered by the organization's acceptance, every member downloads with a session of their own.
    for (const member of [lab.officer, grace, alan]) expect(await headOf(await linkOf(member, grant))).toBe(200);
  });

  test('goes on when its officer leaves: seats pass to the longest-serving officer, the acceptance stays current', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, alan, mary] = [await lab.join('officer'), await lab.join('officer'), await lab.join()];
    const grant = await lab.accept(lab.officer, await freshModel());
    const seat = await lab.seat();
    const marys = await lab.seat({ custodian: (await lab.member(mary)).id });
    const [link, heir] = [await linkOf(withToken(seat.token), grant), await lab.member(grace)];

    expect((await lab.end(lab.officer)).status).toBe(200);
    const { body } = await grace.get<{ members: object[]; seats: { id: string; custodian: string }[] }>(lab.path);
    expect(body.members).toHaveLength(3);
    expect(Object.fromEntries(body.seats.map(({ id, custodian }) => [id, custodian]))).toEqual({
      [seat.id]: heir.id,
      [marys.id]: marys.custodian,
    });
    const [letter] = await its.database.query<{ body: string }>('SELECT body FROM mail WHERE recipient = $1 ORDER BY created_at DESC', [
      grace.email,
    ]);
    expect(letter!.body).toContain('Their custodian has left. The seats: CI');
    expect([await headOf(link), await headOf(await linkOf(alan, grant))]).toEqual([200, 200]);

    // Erasure is yet to come; what it leaves behind must not matter to the others.
    await its.database.query('UPDATE account SET erased_at = now() WHERE id = (SELECT account_id FROM person WHERE email = $1)', [
      lab.officer.email,
    ]);
    expect(await headOf(await linkOf(alan, grant))).toBe(200);
  });

  test('is never without an officer, whoever leaves, is put out or made a member; also when two leave at once', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const grace = await lab.join();
    const [ada, hers] = [await lab.member(lab.officer), await lab.member(grace)];
    for (const [path, body] of [
      ['end', {}],
      ['role', { role: 'member' }],
    ] as const)
      expect(refusalIn(await lab.officer.post(`${lab.path}/members/${ada.id}/${path}`, body))).toBe('409 last-officer');
    for (const path of [`members/${ada.id}/end`, 'invitations', 'seats', 'domains', `members/${hers.id}/role`]) {
      const body = { email: 'x@example.org', name: 'x', scopes: ['read'], domain: 'example.org', role: 'officer' };
      const fields =
        { invitations: ['email'], seats: ['name', 'scopes'], domains: ['domain'] }[path] ?? (path.endsWith('role') ? ['role'] : []);
      const asked = Object.fromEntries(fields.map((field) => [field, body[field as keyof typeof body]]));
      expect(`${path} ${refusalIn(await grace.post(`${lab.path}/${path}`, asked))}`).toBe(`${path} 403 officer-required`);
    }
    for (let round = 0; round < 5; round += 1) {
      const pair = await OrganizationUnderTest.found(its);
      const other = await pair.join('officer');
      const [one, two] = [await pair.member(pair.officer), await pair.member(other)];
      const answers = await Promise.all([
        pair.officer.post(`${pair.path}/members/${one.id}/end`),
        other.post(`${pair.path}/members/${two.id}/end`),
      ]);
      expect(tally(answers)).toEqual({ 200: 1, 409: 1 });
      const left = await its.database.query(
        `SELECT 1 FROM membership WHERE organization_id = $1 AND valid_until IS NULL AND role = 'officer'`,
        [pair.id],
      );
      expect(left).toHaveLength(1);
    }
  });

  test('who leaves loses links and tokens under its grants within a second, and nobody else loses any; rejoining revives none', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, alan] = [await lab.join(), await lab.join()];
    const slug = `large-${(models += 1)}`;
    const weights = randomBytes(48 * 1024 * 1024);
    await publication.publishModel(its.admin, { slug, admission: 'assent', files: { 'weights.bin': weights }, release: 'first' });
    const grant = await lab.accept(lab.officer, slug);
    const own = await grace.accept(await freshModel());
    const bound = await grace.post<{ token: string }>('/tokens', { name: 'lab', scopes: ['read', 'download'], licensee: lab.licenseeId });
    const free = await grace.withToken(['read', 'download']);
    const [hers, his, mine] = [await linkOf(grace, grant), await linkOf(alan, grant), await linkOf(free, own)];
    expect((await withToken(bound.body.token).get('/grants')).body['items']).toHaveLength(1);

    const [leaving, staying] = [await SlowDownload.begin(hers, 20), await SlowDownload.begin(his, 20)];
    await setTimeout(700);
    const left = await lab.member(grace);
    await lab.end(grace, grace);
    const began = performance.now();
    const cut = await Promise.race([leaving.ended, setTimeout(5000, Infinity, { ref: false })]);
    expect(cut - began).toBeLessThan(LIMIT_MS);
    const received = staying.received;
    await setTimeout(300);
    expect(staying.received).toBeGreaterThan(received);
    staying.stop();
    leaving.stop();

    expect(await refusalOf(hers)).toBe('403 holder-ended');
    expect(refusalIn(await withToken(bound.body.token).get('/grants'))).toBe('401 unauthenticated');
    expect(refusalIn(await grace.post(`/grants/${grant}/links`, { release: 'first' }))).toBe('404 not-found');
    expect([await headOf(his), await headOf(mine), (await free.get('/me')).status]).toEqual([200, 200, 200]);

    await lab.join('member', grace);
    expect((await lab.member(grace)).id).not.toBe(left.id);
    expect(await refusalOf(hers)).toBe('403 holder-ended');
    expect(refusalIn(await withToken(bound.body.token).get('/grants'))).toBe('401 unauthenticated');
    expect(await headOf(await linkOf(grace, grant))).toBe(200);
  });

  test('a bound token ends with its membership even if nobody revoked it', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const grace = await lab.join();
    const { body } = await grace.post<{ id: string; token: string }>('/tokens', { name: 'x', scopes: ['read'], licensee: lab.licenseeId });
    await lab.end(grace);
    await its.database.query('UPDATE access_token SET revoked_at = NULL WHERE id = $1', [body.id]);
    expect(refusalIn(await withToken(body.token).get('/me'))).toBe('401 unauthenticated');
    await lab.join('member', grace);
    expect(refusalIn(await withToken(body.token).get('/me'))).toBe('401 unauthenticated');
  });

  test('a seat ends: its token is nobody’s, its links are shut, and it is not opened again', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const grant = await lab.accept(lab.officer, await freshModel());
    const [ended, expired, other] = [
      await lab.seat(),
      await lab.seat({ expiresAt: new Date(Date.now() + 3_600_000).toISOString() }),
      await lab.seat(),
    ];
    const links = await Promise.all([ended, expired, other].map(({ token }) => linkOf(withToken(token), grant)));
    expect(
      problemIn(await lab.officer.post(`${lab.path}/seats`, { name: 'late', scopes: ['read'], expiresAt: '2020-01-01T00:00:00Z' })),
    ).toMatchObject({
      code: 'malformed-request',
      fields: ['expiresAt'],
    });
    await lab.officer.post(`${lab.path}/seats/${ended.id}/end`);
    await ageRow(its.database, 'service_seat', 'expires_at = now()', `id = '${expired.id}'`);
    expect([await refusalOf(links[0]!), await refusalOf(links[1]!), await headOf(links[2]!)]).toEqual([
      '403 holder-ended',
      '403 holder-ended',
      200,
    ]);
    for (const { token } of [ended, expired]) expect(refusalIn(await withToken(token).get('/me'))).toBe('401 unauthenticated');
    const { body } = await lab.officer.get<{ items: { id: string; state: string; lastUsedAt: string | null }[] }>(`${lab.path}/seats`);
    expect(Object.fromEntries(body.items.map(({ id, state }) => [id, state]))).toEqual({
      [ended.id]: 'ended',
      [expired.id]: 'expired',
      [other.id]: 'active',
    });
    const used = body.items.find(({ id }) => id === other.id)!.lastUsedAt;
    expect(used).not.toBeNull();
    await withToken(other.token).get('/me');
    const again = await lab.officer.get<{ items: { id: string; lastUsedAt: string }[] }>(`${lab.path}/seats`);
    expect(again.body.items.find(({ id }) => id === other.id)!.lastUsedAt).toBe(used);
  });
});
