import { createHash } from 'node:crypto';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';

describe('from sign-up to verified bytes', () => {
  let database: TestDatabase;
  let portal: TestPortal;
  let admin: Person;

  beforeAll(async () => {
    database = await testDatabase();
    portal = await startPortal({ databaseUrl: database.serverUrl, env: { PADDOCK_DATABASE_OWNER_URL: database.ownerUrl } });
    admin = await portal.admin();
  });
  afterAll(async () => {
    await portal.stop();
    await database.drop();
  });

  test('application: request, decision, acceptance, links, bytes, audit', async () => {
    const ada = await portal.person('ada@example.org');
    const grant = await ada.obtainGrant(admin);
    const manifest = await ada.links(grant);
    expect(manifest.artifacts.map(({ path }) => path)).toEqual(['README.md', 'demo-llama.gguf', 'guides/responsible use.md']);
    for (const artifact of manifest.artifacts) {
      const response = await fetch(artifact.url);
      const bytes = Buffer.from(await response.arrayBuffer());
      expect(response.status).toBe(200);
      expect(bytes.length).toBe(artifact.size);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(artifact.sha256);
      expect(response.headers.get('etag')).toBe(`"${artifact.sha256}"`);
    }
    const { body } = await admin.get<{ items: { signerEmail: string; grant: string }[] }>('/audit/acceptances?q=ada@example');
    expect(body.items).toEqual([
      expect.objectContaining({ signerEmail: 'ada@example.org', grant, state: 'accepted', model: 'demo-llama' }),
    ]);
  });

  test('assent: acceptance alone makes the grant', async () => {
    const eve = await portal.person('assent@example.org');
    const grant = await eve.accept('demo-llama-assent');
    const manifest = await eve.links(grant);
    expect((await fetch(manifest.artifacts[1]!.url)).status).toBe(200);
  });

  test('open: no account at all', async () => {
    const nobody = new Person(portal.url);
    const answer = await nobody.post<{ artifacts: { url: string }[] }>('/models/demo-llama-open/releases/tiny-f32/links');
    expect(answer.status).toBe(201);
    for (const { url } of answer.body.artifacts) expect((await fetch(url)).status).toBe(200);
  });

  test('the public files of a gated model are everyone’s, its weights are not', async () => {
    const nobody = new Person(portal.url);
    const answer = await nobody.post<{ artifacts: { path: string; url: string }[] }>('/models/demo-llama/releases/tiny-f32/links');
    expect(answer.body.artifacts.map(({ path }) => path)).toEqual(['README.md', 'guides/responsible use.md']);
    expect((await fetch(answer.body.artifacts[0]!.url)).status).toBe(200);
  });

  test('a body that names another release than the address is refused', async () => {
    const nobody = new Person(portal.url);
    const links = '/models/demo-llama-open/releases/tiny-f32/links';
    expect((await nobody.post(links, { release: 'tiny-f32' })).status).toBe(201);
    expect((await nobody.post(links, { release: 'other' })).body).toMatchObject({ status: 400, code: 'malformed-request' });
  });
});
