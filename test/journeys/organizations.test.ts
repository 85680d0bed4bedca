import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPaddock } from '../support/command-line.js';
import { addVersion, publishModel, WEIGHTS } from '../support/licenses.js';
import { OrganizationUnderTest } from '../support/organization.js';
import { Person } from '../support/person.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { problemIn, refusalIn } from '../support/problems.js';

describe('an organization', () => {
  const its = portalUnderTest();
  let models = 0;

  const freshModel = async (admission: 'assent' | 'application' = 'assent', version: Record<string, unknown> = {}) => {
    const slug = `org-model-${(models += 1)}`;
    await publishModel(its.admin, slug, admission, version);
    return slug;
  };
  const statusOf = async (url: string) => (await fetch(url, { method: 'HEAD' })).status;

  test('of three members applies, is approved, accepts, and its CI downloads by the token of a seat', async () => {
    const lab = await OrganizationUnderTest.found(its);
    const [grace, alan] = [await lab.join(), await lab.join()];
    const model = await freshModel('application');

    // A member applies for the organization; its officer accepts.
    const request = await grace.post<{ id: string }>('/access-requests', { model, licensee: lab.licensee, answers: {} });
    await grace.post(`/access-requests/${request.body.id}/submit`);
    await its.admin.post(`/access-requests/${request.body.id}/approve`);
    expect(refusalIn(await grace.post('/presentations', { model, licensee: lab.licensee }))).toBe('403 officer-required');
    const grant = await lab.accept(lab.officer, model);

    const seat = await lab.seat({ name: 'CI', scopes: ['read', 'download'] });
    expect(seat.token).toMatch(/^hf_[A-Za-z0-9]{40}$/);
    const ci = new Person(its.url);
    ci.token = seat.token;
    expect((await ci.get('/me')).body).toMatchObject({ kind: 'seat', id: seat.id, organization: { id: lab.id, legalName: 'Example Lab' } });
    expect((await ci.get<{ items: { id: string }[] }>('/grants')).body.items.map(({ id }) => id)).toEqual([grant]);
    expect((await ci.get(`/grants/${grant}`)).body['state']).toBe('active');

    const manifest = await ci.links(grant, { release: 'first' });
    const weights = manifest.artifacts.find(({ path }) => path === 'weights.bin')!;
    expect(Buffer.from(await (await fetch(weights.url)).arrayBuffer())).toEqual(WEIGHTS);
    const [link] = await its.database.query('SELECT h.seat_id, h.account_id FROM link x JOIN holder h ON h.id = x.holder_id WHERE x.id = $1', [
      manifest.link,
    ]);
    expect(link).toEqual({ seat_id: seat.id, account_id: null });

    const folder = await mkdtemp(join(tmpdir(), 'paddock-seat-'));
    const ran = await runPaddock(its.url, seat.token, 'download', model, 'first', '--dir', folder);
    expect([ran.code, await readFile(join(folder, 'weights.bin'))]).toEqual([0, WEIGHTS]);
    await rm(folder, { recursive: true });

    // Covered by the organization's acceptance, every member downloads with a session of their own.
    for (const member of [grace, alan]) expect(await statusOf((await member.links(grant, { release: 'first' })).artifacts[0]!.url)).toBe(200);
  });
});
