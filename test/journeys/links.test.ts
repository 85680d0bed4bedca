import { signLink } from '@paddock/delivery';
import { addVersion, publishModel, publishRelease, WEIGHTS } from '../support/licenses.js';
import type { LinkManifest, Person } from '../support/person.js';
import { ageRow, portalUnderTest } from '../support/portal-under-test.js';
import { keyOfPortal } from '../support/portal-keys.js';
import { problemIn, refusalIn, tally } from '../support/problems.js';

const SECRET = 'a-master-secret-that-this-test-knows';

describe('links', () => {
  const its = portalUnderTest({ PADDOCK_SECRET: SECRET });
  let models = 0;

  /** Somebody with links to the weights and notes of a model of their own. */
  const withLinks = async (options: Record<string, unknown> = {}) => {
    const ada = await its.person();
    const model = `links-${(models += 1)}`;
    await publishModel(its.admin, model);
    const grant = await ada.accept(model);
    const manifest = await ada.links(grant, { release: 'first', ...options });
    return { ada, model, grant, manifest, weights: manifest.artifacts.find(({ path }) => path === 'weights.bin')?.url ?? '' };
  };
  const fetched = async (url: string, init: RequestInit = {}) => {
    const response = await fetch(url, init);
    return { status: response.status, headers: response.headers, text: await response.text() };
  };
  const refusedAs = async (url: string, init?: RequestInit) => refusalIn(await fetched(url, init));
  const event = async (link: string, code: string) =>
    its.database.query<{ detail: { bytes: number } }>('SELECT detail FROM event WHERE subject_id = $1 AND code = $2', [link, code]);

  test('altered in any part they are refused, and the attempt is an event', async () => {
    const { manifest, weights } = await withLinks();
    const url = new URL(weights);
    const altered = (change: (copy: URL) => void) => {
      const copy = new URL(url);
      change(copy);
      return copy.href;
    };
    const tries = [
      altered(({ searchParams }) => searchParams.set('e', String(Number(searchParams.get('e')) + 1))),
      altered(({ searchParams }) => searchParams.set('k', '2')),
      altered(({ searchParams }) => searchParams.set('s', 'A'.repeat(43))),
      altered(({ searchParams }) => searchParams.delete('s')),
      altered((copy) => (copy.search = '')),
      altered(({ searchParams }) => searchParams.append('e', searchParams.get('e')!)),
      altered((copy) => (copy.pathname = copy.pathname.replace('weights.bin', 'notes.txt'))),
    ];
    for (const one of tries) expect(await refusedAs(one)).toBe('403 link-altered');
    expect(await event(manifest.link, 'link-altered')).toHaveLength(tries.length);
    expect(
      await refusedAs(altered((copy) => (copy.pathname = copy.pathname.replace(manifest.link, '00000000-0000-4000-8000-000000000000')))),
    ).toBe('404 not-found');
  });

  test('signed for one link they open no other', async () => {
    const [one, other] = [await withLinks(), await withLinks()];
    expect(await refusedAs(one.weights.replace(one.manifest.link, other.manifest.link))).toBe('403 link-altered');
  });

  test('past their time they are refused as expired', async () => {
    const { manifest } = await withLinks();
    const key = await keyOfPortal(its.database, SECRET, 'links');
    const signed = (seconds: number) =>
      its.url + signLink({ link: manifest.link, path: 'weights.bin' }, new Date(Date.now() + seconds * 1000), '1', new Map([['1', key]]));
    expect((await fetched(signed(5))).status).toBe(200);
    expect(await refusedAs(signed(-1))).toBe('403 link-expired');
  });

  test('for some files open no others', async () => {
    const { ada, grant, manifest } = await withLinks({ paths: ['notes.txt'] });
    expect(manifest.artifacts.map(({ path }) => path)).toEqual(['notes.txt']);
    const key = await keyOfPortal(its.database, SECRET, 'links');
    const signed = (path: string) =>
      its.url + signLink({ link: manifest.link, path }, new Date(Date.now() + 5000), '1', new Map([['1', key]]));
    for (const path of ['weights.bin', 'none.bin']) expect(await refusedAs(signed(path))).toBe('403 artifact-not-in-link');
    expect(refusalIn(await ada.post(`/grants/${grant}/links`, { release: 'first', paths: ['none.bin'] }))).toBe('404 not-found');
    expect(refusalIn(await ada.post(`/grants/${grant}/links`, { release: 'first', paths: ['../../etc/passwd'] }))).toBe('404 not-found');
  });

  test('with a cap give each byte that often, however the transfers are cut and whoever comes at once', async () => {
    const resumed = await withLinks({ maxCopies: 1 });
    expect((await fetched(resumed.weights, { headers: { range: 'bytes=0-499' } })).status).toBe(206);
    expect((await fetched(resumed.weights, { headers: { range: 'bytes=500-' } })).status).toBe(206);
    expect((await fetched(resumed.weights, { method: 'HEAD' })).status).toBe(200);
    expect(await refusedAs(resumed.weights, { headers: { range: 'bytes=0-0' } })).toBe('403 link-exhausted');
    expect(await event(resumed.manifest.link, 'link-exhausted')).toMatchObject([{ detail: { bytes: 0, path: 'weights.bin' } }]);
    expect((await fetched(resumed.manifest.artifacts[0]!.url)).status).toBe(200);
    const parallel = await withLinks({ maxCopies: 2 });
    expect(tally(await Promise.all(Array.from({ length: 6 }, () => fetched(parallel.weights))))).toEqual({ 200: 2, 403: 4 });
  });

  test('stop when their row is revoked', async () => {
    const { manifest, weights } = await withLinks();
    await its.database.query('UPDATE link SET revoked_at = now() WHERE id = $1', [manifest.link]);
    expect(await refusedAs(weights)).toBe('403 link-revoked');
  });

  test('stop while the grant is suspended, go on when it is resumed, and end when it is revoked', async () => {
    const { ada, grant, weights } = await withLinks();
    const command = (name: string) => its.admin.post(`/grants/${grant}/${name}`, { reason: 'Because of the test.' });
    expect(tally(await Promise.all([command('suspend'), command('suspend')]))).toEqual({ 200: 1, 409: 1 });
    expect(await refusedAs(weights)).toBe('403 grant-suspended');
    expect(refusalIn(await ada.post(`/grants/${grant}/links`, { release: 'first' }))).toBe('403 grant-suspended');
    expect((await ada.get(`/grants/${grant}`)).body).toMatchObject({ state: 'suspended', reason: 'Because of the test.' });
    expect(tally(await Promise.all([command('resume'), command('resume')]))).toEqual({ 200: 1, 409: 1 });
    expect((await fetched(weights)).status).toBe(200);
    expect((await command('revoke')).body['state']).toBe('revoked');
    expect(await refusedAs(weights)).toBe('403 grant-revoked');
    expect(problemIn(await command('resume'))).toMatchObject({ status: 409, code: 'grant-state', state: 'revoked' });
  });

  test('end with the grant, and are never issued beyond it', async () => {
    const { ada, grant, weights } = await withLinks();
    await ageRow(its.database, 'grant_period', `valid_until = now() + interval '1 hour'`, `grant_id = '${grant}'`);
    const { expiresAt } = await ada.links(grant, { release: 'first' });
    expect(new Date(expiresAt).getTime()).toBeLessThanOrEqual(Date.now() + 3_600_000);
    await ageRow(its.database, 'grant_period', `valid_from = now() - interval '1 day', valid_until = now()`, `grant_id = '${grant}'`);
    expect(await refusedAs(weights)).toBe('403 grant-expired');
    expect(problemIn(await ada.post(`/grants/${grant}/links`, { release: 'first' }))['code']).toBe('grant-expired');
    expect((await ada.get(`/grants/${grant}`)).body['state']).toBe('expired');
  });

  test('stop when a newer text must be accepted at once, and go on when it is; not when it only informs', async () => {
    const { ada, model, grant, weights } = await withLinks();
    await addVersion(its.admin, `${model}-license`);
    expect((await fetched(weights)).status).toBe(200);
    await addVersion(its.admin, `${model}-license`, { reacceptance: 'at-once' });
    expect(await refusedAs(weights)).toBe('403 acceptance-outdated');
    expect((await ada.get(`/grants/${grant}`)).body['state']).toBe('active');
    expect(await ada.accept(model)).toBe(grant);
    expect((await fetched(weights)).status).toBe(200);
  });

  test('are not there for a channel that the accepted license version does not list', async () => {
    const ada = await its.person();
    await publishModel(its.admin, 'oci-only', 'assent', { channels: ['oci', 'direct'] });
    const grant = await ada.accept('oci-only');
    for (const channel of ['link', 'torrent', 'direct'])
      expect(refusalIn(await ada.post(`/grants/${grant}/links`, { release: 'first', channel }))).toBe('403 channel-not-allowed');
  });

  test('of a draft are not there, of a withdrawn release are gone and name the replacement, of a reinstated one go on', async () => {
    const { ada, model, grant, weights } = await withLinks();
    await publishRelease(its.admin, model, 'second');
    await its.admin.post(`/models/${model}/releases`, { name: 'third' });
    expect(refusalIn(await ada.post(`/grants/${grant}/links`, { release: 'third' }))).toBe('404 release-not-published');
    await its.admin.post(`/models/${model}/releases/first/withdraw`, { reason: 'A fault.', replacement: 'second' });
    for (const answer of [await fetched(weights), await ada.post(`/grants/${grant}/links`, { release: 'first' })]) {
      expect(problemIn(answer)).toMatchObject({
        status: 410,
        code: 'release-withdrawn',
        replacement: 'second',
        detail: expect.stringContaining('second'),
      });
    }
    await its.admin.post(`/models/${model}/releases/first/reinstate`, { reason: 'No fault.' });
    expect((await fetched(weights)).text).toBe(WEIGHTS.toString());
  });

  test('of a member stop when the membership ends, and rejoining revives none', async () => {
    const [ada, model] = [await its.person(), `links-${(models += 1)}`];
    await publishModel(its.admin, model);
    const [lab] = await its.database.query<{
      id: string;
    }>(`WITH made AS (INSERT INTO organization (id, legal_name, country) VALUES (gen_random_uuid(), 'Lab', 'GB') RETURNING id),
      named AS (INSERT INTO licensee (id, organization_id) SELECT gen_random_uuid(), id FROM made) SELECT id FROM made`);
    const join = () =>
      its.database.query(
        `INSERT INTO membership (id, organization_id, account_id, role) SELECT gen_random_uuid(), $1, account_id, 'officer' FROM person WHERE email = $2`,
        [lab!.id, ada.email],
      );
    await join();
    const manifest = await organizationsLinks(ada, model, lab!.id);
    const { url } = manifest.artifacts[0]!;
    expect((await fetched(url)).status).toBe(200);
    await its.database.query('UPDATE membership SET valid_until = now() WHERE organization_id = $1', [lab!.id]);
    expect(await refusedAs(url)).toBe('403 holder-ended');
    await join();
    expect(await refusedAs(url)).toBe('403 holder-ended');
  });

  /** Links of the organization's grant, which the person accepts with authority to bind it. */
  async function organizationsLinks(officer: Person, model: string, organization: string): Promise<LinkManifest> {
    const { body } = await officer.post<{ id: string; assent: { attestations: { id: string }[] } }>('/presentations', {
      model,
      licensee: { kind: 'organization', id: organization },
    });
    const attestations = Object.fromEntries(body.assent.attestations.map(({ id }) => [id, true]));
    expect(attestations).toHaveProperty('authority');
    const { body: acceptance } = await officer.post<{ grant: string }>('/acceptances', {
      presentation: body.id,
      typedName: 'Ada Lovelace',
      attestations,
      assented: true,
    });
    return officer.links(acceptance.grant, { release: 'first' });
  }
});
