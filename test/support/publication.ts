import { createHash } from 'node:crypto';
import type { Person } from './person.js';

export interface TestModel {
  slug: string;
  admission: 'application' | 'assent' | 'open';
  files: Record<string, Buffer>;
  release?: string;
}

/** A model of the demo's publisher with one published release, all through the API. */
export async function publishModel(admin: Person, { slug, admission, files, release = 'r1' }: TestModel): Promise<void> {
  await createModel(admin, slug, admission);
  await must(admin.post(`/models/${slug}/releases`, { name: release }));
  for (const [path, bytes] of Object.entries(files)) await upload(admin, `/models/${slug}/releases/${release}`, path, bytes);
  await must(admin.post(`/models/${slug}/releases/${release}/publish`));
}

export async function createModel(admin: Person, slug: string, admission: TestModel['admission']): Promise<void> {
  await must(admin.post('/models', { publisher: 'demo-lab', slug, title: slug }));
  const license = admission === 'open' ? 'sample-permissive' : 'sample-community';
  await must(admin.post(`/models/${slug}/terms`, { admission, license }));
}

export async function upload(admin: Person, release: string, path: string, bytes: Buffer): Promise<void> {
  const { body } = await must(admin.post<{ id: string }>(`${release}/uploads`, { path, size: bytes.length }));
  const headers = { 'content-type': 'application/octet-stream', 'upload-offset': '0' };
  const answer = await admin.call<{ sha256: string }>('PATCH', `${release}/uploads/${body.id}`, { body: bytes, headers });
  if (answer.body.sha256 !== sha256(bytes)) throw new Error(`the upload of ${path} failed: ${answer.text}`);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

async function must<T extends { status: number; text: string }>(asked: Promise<T>): Promise<T> {
  const answer = await asked;
  if (answer.status >= 300) throw new Error(`refused: ${answer.text}`);
  return answer;
}
