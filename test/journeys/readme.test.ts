import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { startPortal, type TestPortal } from '../support/portal.js';

const root = resolve(import.meta.dirname, '../..');

describe('the journey of the README', () => {
  let database: TestDatabase;
  let portal: TestPortal;
  let folder: string;

  beforeAll(async () => {
    database = await testDatabase();
    portal = await startPortal({ databaseUrl: database.serverUrl, env: { PADDOCK_DATABASE_OWNER_URL: database.ownerUrl } });
    folder = await mkdtemp(join(tmpdir(), 'paddock-readme-'));
    for (const name of ['node_modules', 'test']) await symlink(join(root, name), join(folder, name));
  });
  afterAll(async () => {
    await portal.stop();
    await database.drop();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  });

  test('its commands, as they stand, end in bytes that llama.cpp loads, an audit line, and an explained refusal', async () => {
    const readme = await readFile(join(root, 'README.md'), 'utf8');
    const block = /<!-- journey:.*-->\n```sh\n([\s\S]*?)```/.exec(readme)?.[1];
    const script = block?.replace('PORTAL=http://127.0.0.1:8080', `PORTAL=${portal.url}`);
    expect(script).toContain(portal.url);
    const { stdout, stderr } = await promisify(execFile)('sh', ['-eu', '-c', script!], { cwd: folder });
    expect(stdout).toContain('demo-llama: application');
    expect(stdout).toContain('# Sample Community License');
    expect(stdout).toMatch(/^submitted$/m);
    expect(stdout).toMatch(/^approved$/m);
    expect(stdout).toMatch(/^[0-9a-f]{64} {2}Sample Acceptable Use Policy$/m);
    expect(stderr).toContain('3 files are complete and right');
    expect(stdout).toContain('"architecture":"llama"');
    expect(stdout).toMatch(/ada@example\.org accepted sample-community v1$/m);
    expect(stdout).toMatch(/^revoked\ngrant-revoked$/m);
  });
});
