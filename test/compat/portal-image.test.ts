import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { freePort } from '../support/free-port.js';
import { describeWithPeer } from '../support/peers.js';
import { Person } from '../support/person.js';
import { Podman, podmanPrograms, podmanRemedy } from '../support/podman.js';
import { ADMIN } from '../support/portal.js';
import { until } from '../support/processes.js';
import { openTcpDoor, type TcpDoor } from '../support/tcp-door.js';

const IMAGE = 'localhost/paddock:1';
const IMAGES = resolve('infra/images');
/** As a careful operator runs it: nothing can be written but the volume at /data and a tmpfs. */
const CONFINED = ['--read-only-tmpfs=false', '--tmpfs=/tmp', '--cap-drop=all', '--security-opt=no-new-privileges', '--user=10002:10002'];

interface ImageConfig {
  User: string;
  Env: string[];
  Entrypoint: string[];
  Cmd: string[];
  WorkingDir: string;
  Volumes: Record<string, object>;
  ExposedPorts: Record<string, object>;
}

describeWithPeer('the portal’s image under podman', podmanPrograms, podmanRemedy, () => {
  let folder: string;
  let podman: Podman;
  let digests: string[];
  let database: TestDatabase;
  let door: TcpDoor;
  const empty = `empty_${randomBytes(6).toString('hex')}`;

  const build = async (out: string) => {
    const env = { ...process.env, SOURCE_DATE_EPOCH: '1760000000' };
    const args = [join(IMAGES, 'build.ts'), 'portal', '--out', join(folder, out), '--tag', '1'];
    return (await promisify(execFile)(process.execPath, args, { env })).stdout.trim();
  };
  const blob = async (digest: string) => JSON.parse(await readFile(join(folder, 'first/blobs/sha256', digest.slice(7)), 'utf8'));
  const config = async () => (await blob((await blob(digests[0]!)).config.digest)).config as ImageConfig;
  const roleUrl = (url: string) => door.through(url).replace(/[^/]+$/, empty);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paddock-portal-image-'));
    [podman, database] = await Promise.all([Podman.open(), testDatabase()]);
    door = await openTcpDoor(database.ownerUrl);
    await database.query(`CREATE DATABASE ${empty}`);
    digests = await Promise.all([build('first'), build('second')]);
    await podman.load(`${join(folder, 'first')}:1`, IMAGE);
  }, 180_000);
  afterAll(async () => {
    await podman.close();
    await door.close();
    await database.query(`DROP DATABASE ${empty} WITH (FORCE)`);
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  });

  test('is the same when it is built again, and says what it is made of', async () => {
    expect(digests[0]).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(digests[1]).toBe(digests[0]);
    const index = async (name: string) => readFile(join(folder, name, 'index.json'), 'utf8');
    expect(await index('second')).toBe(await index('first'));
    const { manifests } = JSON.parse(await index('first')) as { manifests: { digest: string; artifactType?: string }[] };
    const sbom = await blob(manifests.find(({ artifactType }) => artifactType === 'application/spdx+json')!.digest);
    expect(sbom.subject.digest).toBe(digests[0]);
    const names = (await blob(sbom.layers[0].digest)).packages.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['libc6', 'libstdc++6', 'node', 'paddock', 'typeorm', '@nestjs/core']));
    for (const name of ['jest', 'typescript', 'react', 'webtorrent', 'dash']) expect(names).not.toContain(name);
  });

  test('is configured as the Dockerfile beside it says', async () => {
    const text = await readFile(join(IMAGES, 'portal/Dockerfile'), 'utf8');
    const said = (word: string) => new RegExp(`^${word} (.+)$`, 'm').exec(text)?.[1] ?? '';
    const { User, Env, Entrypoint, Cmd, WorkingDir, Volumes, ExposedPorts } = await config();
    expect([said('USER'), said('VOLUME'), said('EXPOSE')]).toEqual([User, ...Object.keys(Volumes), ...Object.keys(ExposedPorts)]);
    expect(text.match(/^WORKDIR .+$/gm)?.at(-1)).toBe(`WORKDIR ${WorkingDir}`);
    expect([JSON.parse(said('ENTRYPOINT')), JSON.parse(said('CMD')), said('ENV').split(' ')]).toEqual([Entrypoint, Cmd, Env]);
  });

  test('has neither shell nor root, and takes writes at /data and /tmp alone', async () => {
    expect((await config()).User).toBe('10001:10001');
    for (const shell of ['/bin/sh', '/bin/bash', '/bin/dash', '/usr/bin/env'])
      expect((await podman.do('run', '--rm', '--entrypoint', shell, IMAGE, '-c', 'true')).code).not.toBe(0);
    const look = `const { writeFileSync } = require('node:fs');
      const of = (folder) => { try { writeFileSync(folder + '/x', ''); return 'written'; } catch (error) { return error.code; } };
      console.log(JSON.stringify([process.getuid(), ...['/data', '/tmp', '/opt/paddock', '/etc', '/'].map(of)]))`;
    const { said } = await podman.run(IMAGE, { flags: CONFINED }, '--eval', look);
    expect(JSON.parse(said)).toEqual([10002, 'written', 'written', 'EROFS', 'EROFS', 'EROFS']);
  });

  test('migrates as the owner, then serves pages and people as the server’s role alone', async () => {
    const port = String(await freePort());
    const url = `http://127.0.0.1:${port}`;
    const env = { PADDOCK_PUBLIC_URL: url, PADDOCK_PORT: port, PADDOCK_DATABASE_URL: roleUrl(database.serverUrl) };
    const early = await podman.run(IMAGE, { env, flags: CONFINED });
    expect([early.code, early.said]).toEqual([1, expect.stringContaining('permission denied for schema public')]);
    const owner = { ...env, PADDOCK_DATABASE_OWNER_URL: roleUrl(database.ownerUrl) };
    expect(await podman.run(IMAGE, { env: owner, flags: CONFINED }, 'paddock', 'migrate')).toMatchObject({
      code: 0,
      said: expect.stringMatching(/Accounts\d+[^]*the schema is up to date/),
    });

    const administrator = { PADDOCK_ADMIN_EMAIL: ADMIN.email, PADDOCK_ADMIN_PASSWORD: ADMIN.password };
    const ended = podman.run(IMAGE, { name: 'portal', env: { ...env, ...administrator }, flags: CONFINED });
    const ready = () => fetch(`${url}/health/ready`).catch(() => undefined);
    await until('the portal is ready', 60_000, async () => (await ready())?.ok);
    const page = await (await fetch(url)).text();
    const script = /<script type="module"[^>]* src="([^"]+)"/.exec(page)?.[1];
    expect((await fetch(new URL(script!, url))).headers.get('content-type')).toContain('javascript');
    const admin = await new Person(url).signIn(ADMIN.email, ADMIN.password);
    expect((await admin.get('/me')).body).toMatchObject({ email: ADMIN.email });
    const examined = await podman.do('exec', 'portal', '/opt/paddock/node', 'paddock', 'doctor');
    expect([examined.code, examined.said]).toEqual([0, expect.stringMatching(/^well +roles[^]*nothing is broken/m)]);
    await podman.do('stop', '--time', '20', 'portal');
    expect(await ended).toMatchObject({ code: 0, said: expect.stringContaining('stopping; running downloads may finish') });
  }, 120_000);
});
