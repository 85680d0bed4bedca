import { randomBytes } from 'node:crypto';
import { describeWithPeer } from '../support/peers.js';
import { PASSWORD, Person } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';
import { problemIn } from '../support/problems.js';
import { until } from '../support/processes.js';
import { createModel, sha256 } from '../support/publication.js';
import { SmallDisk, smallDiskPrograms, smallDiskRemedy } from '../support/small-disk.js';

const MEBIBYTE = 1024 * 1024;
const WEIGHTS = randomBytes(8 * MEBIBYTE);
const UPLOADS = '/models/filling/releases/r1/uploads';

describeWithPeer('a disk that is full for a while', smallDiskPrograms(), smallDiskRemedy, () => {
  let disk: SmallDisk;
  let portal: TestPortal;
  let admin: Person;
  const ready = async () => (await fetch(`${portal.url}/health/ready`)).json() as Promise<Record<string, unknown>>;
  const send = (id: string, offset: number) =>
    admin.call<{ offset: number; sha256?: string }>('PATCH', `${UPLOADS}/${id}`, {
      body: WEIGHTS.subarray(offset),
      headers: { 'content-type': 'application/octet-stream', 'upload-offset': String(offset) },
    });

  beforeAll(async () => {
    disk = new SmallDisk(256);
    portal = await startPortal({ dataDir: disk.folder });
    admin = await portal.admin();
    await createModel(admin, 'filling', 'open');
    await admin.post('/models/filling/releases', { name: 'r1' });
    await admin.post('/licenses', { publisher: 'demo-lab', slug: 'long', title: 'Long' });
  });
  afterAll(async () => {
    await portal?.stop();
    disk?.remove();
  });

  test('refuses what needs room with the reason, keeps what it said it has, and goes on by itself', async () => {
    const { body: opened } = await admin.post<{ id: string }>(UPLOADS, { path: 'weights.bin', size: WEIGHTS.length });
    const ada = await portal.person('ada@example.org');
    const bob = await portal.person('bob@example.org');
    disk.fill(2 * MEBIBYTE);

    const refused = await send(opened.id, 0);
    expect(problemIn(refused)).toMatchObject({ status: 507, code: 'storage-full', remedy: expect.any(String) });
    expect(refused.headers.get('retry-after')).toBe('60');

    disk.fill(0);
    expect(disk.free).toBe(0);
    await until('readiness says so', 30_000, async () => (await ready())['store'] === 'down');
    expect((await fetch(`${portal.url}/api/v1/models`)).status).toBe(200);
    // Small writes find room in pages that are there; until they do not. None is answered without a reason.
    const answers: number[] = [];
    const accepted: [Person, string][] = [];
    for (const person of [ada, bob]) {
      const shown = await person.post<{ id: string; assent: { attestations: { id: string }[] } }>('/presentations', {
        model: 'demo-llama-assent',
      });
      if (shown.status !== 201) {
        answers.push(shown.status);
        continue;
      }
      const attestations = Object.fromEntries(shown.body.assent.attestations.map(({ id }) => [id, true]));
      const given = { presentation: shown.body.id, typedName: 'Ada Lovelace', attestations, assented: true };
      const answer = await person.post<{ id: string }>('/acceptances', given);
      answers.push(answer.status);
      if (answer.status === 201) accepted.push([person, answer.body.id]);
    }
    for (let tried = 0; tried < 60 && !answers.includes(507); tried += 1) {
      const answer = await admin.post('/licenses/long/versions', { text: randomBytes(300_000).toString('hex'), assent: 'none' });
      answers.push(answer.status);
      if (answer.status >= 400) problemIn(answer);
    }
    expect(answers).toContain(507);
    expect(answers.filter((status) => ![200, 201, 503, 507].includes(status))).toEqual([]);

    disk.makeRoom();
    await until('it is ready again', 60_000, async () => (await ready().catch(() => undefined))?.['state'] === 'ready');
    const { body: standing } = await admin.get<{ offset: number }>(`${UPLOADS}/${opened.id}`);
    expect(standing.offset).toBeLessThan(WEIGHTS.length);
    const finished = await send(opened.id, standing.offset);
    expect(finished.body.sha256).toBe(sha256(WEIGHTS));
    expect((await new Person(portal.url).post('/accounts', { email: 'new@example.org', password: PASSWORD, name: 'New' })).status).toBe(
      201,
    );
    for (const [person, id] of accepted) {
      expect((await person.get(`/acceptances/${id}`)).status).toBe(200);
      await until('a checkpoint covers it', 30_000, async () => (await person.get(`/acceptances/${id}/evidence.json`)).status === 200);
    }
    expect((await ready())['impaired']).toBeUndefined();
    expect(portal.output()).not.toMatch(/"level":60/);
  });
});
