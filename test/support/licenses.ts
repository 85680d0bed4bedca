import type { Person } from './person.js';

/** Adds a version to a license of the demo publisher; its text is new each time. */
export async function addVersion(publisher: Person, license: string, version: Record<string, unknown> = {}): Promise<void> {
  const answer = await publisher.post(`/licenses/${license}/versions`, {
    text: `Terms of ${license}, ${performance.now()}.`,
    assent: 'required',
    policies: ['sample-acceptable-use'],
    ...version,
  });
  if (answer.status !== 201) throw new Error(`no version: ${answer.text}`);
}

/** A model of its own, with a license of its own and one published release of two files, so that no other test's terms touch it. */
export async function publishModel(
  publisher: Person,
  slug: string,
  admission: 'assent' | 'application' | 'open' = 'assent',
  version: Record<string, unknown> = {},
): Promise<void> {
  await publisher.post('/licenses', { publisher: 'demo-lab', slug: `${slug}-license`, title: 'License' });
  await addVersion(publisher, `${slug}-license`, { assent: admission === 'open' ? 'none' : 'required', ...version });
  await publisher.post('/models', { publisher: 'demo-lab', slug, title: slug });
  await publisher.post(`/models/${slug}/terms`, { admission, license: `${slug}-license` });
  await publishRelease(publisher, slug, 'first');
}

export const WEIGHTS = Buffer.alloc(1000, 'weights');

export async function publishRelease(publisher: Person, model: string, name: string): Promise<void> {
  await publisher.post(`/models/${model}/releases`, { name });
  for (const [path, bytes] of [
    ['weights.bin', WEIGHTS],
    ['notes.txt', Buffer.from('notes')],
  ] as const) {
    const { body } = await publisher.post<{ id: string }>(`/models/${model}/releases/${name}/uploads`, { path, size: bytes.length });
    const headers = { 'content-type': 'application/octet-stream', 'upload-offset': '0' };
    const answer = await publisher.call('PATCH', `/models/${model}/releases/${name}/uploads/${body.id}`, {
      body: bytes.toString('latin1'),
      headers,
    });
    if (answer.status !== 200) throw new Error(`no upload: ${answer.text}`);
  }
  await publisher.post(`/models/${model}/releases/${name}/publish`);
}
