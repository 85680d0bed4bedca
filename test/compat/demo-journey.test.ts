import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../support/command-line.js';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { describeWithPeer } from '../support/peers.js';
import type { LinkManifest } from '../support/person.js';
import { startPortal, type TestPortal } from '../support/portal.js';

const CHILD = join(import.meta.dirname, 'llama-cpp-child.mjs');

describeWithPeer(
  'from application to a running demo model',
  ['aria2c', 'curl'],
  'apt-get install -y --no-install-recommends aria2 curl',
  () => {
    let database: TestDatabase;
    let portal: TestPortal;
    let folder: string;
    let manifest: LinkManifest;

    beforeAll(async () => {
      folder = mkdtempSync(join(tmpdir(), 'paddock-demo-'));
      database = await testDatabase();
      portal = await startPortal({ databaseUrl: database.serverUrl, env: { PADDOCK_DATABASE_OWNER_URL: database.ownerUrl } });
      const ada = await portal.person('ada@example.org');
      manifest = await ada.links(await ada.obtainGrant(await portal.admin()));
    });
    afterAll(async () => {
      await portal.stop('SIGKILL');
      await database.drop();
      rmSync(folder, { recursive: true });
    });

    const textOf = async (url: string) => (await fetch(url)).text();

    test('the download script fetches what llama.cpp loads', async () => {
      writeFileSync(join(folder, 'download.sh'), await textOf(manifest.script));
      expect(await runProgram('sh', ['download.sh', 'by-script'], { cwd: folder })).toMatchObject({
        code: 0,
        stderr: expect.stringContaining('3 fetched'),
      });
      await expectModel(join(folder, 'by-script/demo-llama.gguf'));
    });

    test('aria2 fetches what llama.cpp loads', async () => {
      const input = await textOf(manifest.aria2);
      const { code } = await runProgram('aria2c', ['--no-conf', '--quiet', `--dir=${join(folder, 'by-aria2')}`, '--input-file=-'], {
        input,
      });
      expect(code).toBe(0);
      await expectModel(join(folder, 'by-aria2/demo-llama.gguf'));
    });
  },
);

async function expectModel(path: string): Promise<void> {
  const { code, stdout } = await runProgram(process.execPath, [CHILD, path]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ architecture: 'llama', generatedTokens: 16, embeddingLength: 64 });
}
