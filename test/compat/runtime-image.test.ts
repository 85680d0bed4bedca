import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startPaddock } from '../support/command-line.js';
import { freePort } from '../support/free-port.js';
import { describeWithPeer } from '../support/peers.js';
import { Podman, podmanPrograms, podmanRemedy } from '../support/podman.js';
import { portalUnderTest } from '../support/portal-under-test.js';
import { until } from '../support/processes.js';
import { importRuntime, registryOf } from '../support/registry-under-test.js';

const run = promisify(execFile);
const BUILD = resolve('infra/images/build.ts');
const MODEL = 'demo-llama/tiny-f32';

describeWithPeer('the runtime image under podman', podmanPrograms, podmanRemedy, () => {
  const its = portalUnderTest();
  let folder: string;
  let podman: Podman;
  let image: string;
  let digest: string;
  let publishing: string;

  const build = async (out: string) => {
    const env = { ...process.env, SOURCE_DATE_EPOCH: '1760000000' };
    return (await run(process.execPath, [BUILD, 'runtime', '--out', join(folder, out), '--tag', '1'], { env })).stdout.trim();
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'paddock-runtime-'));
    podman = await Podman.open();
    digest = await build('first');
    await mkdir(join(folder, 'models'));
    await chmod(join(folder, 'models'), 0o1777);
    publishing = await importRuntime(its, join(folder, 'first'), 'paddock-runtime', 'public');
    image = `${new URL(its.url).host}/demo-lab/paddock-runtime@${digest}`;
    const pulled = await podman.do('pull', '--quiet', '--tls-verify=false', image);
    if (pulled.code !== 0) throw new Error(pulled.said);
  }, 180_000);
  afterAll(async () => {
    await podman.close();
    await rm(folder, { recursive: true, force: true });
  });

  const models = () => ({ [join(folder, 'models')]: '/models' });
  const at = () => ({ PADDOCK_URL: its.url });

  test('is the same when it is built again, and says what it is made of', async () => {
    expect(await build('second')).toBe(digest);
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const index = (name: string) => readFile(join(folder, name, 'index.json'), 'utf8');
    expect(await index('second')).toBe(await index('first'));
    const { manifests } = JSON.parse(await index('first')) as { manifests: { digest: string; artifactType?: string }[] };
    const blob = async (digest: string) => JSON.parse(await readFile(join(folder, 'first/blobs/sha256', digest.slice(7)), 'utf8'));
    const sbom = await blob(manifests.find(({ artifactType }) => artifactType === 'application/spdx+json')!.digest);
    expect(sbom.subject.digest).toBe(manifests[0]!.digest);
    const names = (await blob(sbom.layers[0].digest)).packages.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(['llama.cpp-tools', 'libc6', 'node', 'paddock-runtime']));
    const listed = JSON.parse((await registryOf(its)(`demo-lab/paddock-runtime/referrers/${digest}`)).bytes.toString());
    expect(listed.manifests).toMatchObject([{ artifactType: 'application/spdx+json' }]);
  }, 120_000);

  test('is llama-server, without a shell and without root', async () => {
    expect((await podman.run(image, {}, '--version')).said).toContain('version:');
    const inspected = await podman.do('inspect', '--format', '{{.Config.User}}', image);
    expect(inspected.said.trim()).toBe('10001:10001');
    for (const shell of ['/bin/sh', '/bin/bash', '/usr/bin/sh', '/bin/dash'])
      expect((await podman.do('run', '--rm', '--entrypoint', shell, image, '-c', 'true')).code).not.toBe(0);
    expect((await podman.run(image, {}, '--paddock', 'only-a-model')).said).toContain('is no MODEL/RELEASE');
  }, 60_000);

  test('without a grant ends with the words of the refusal, and nothing is fetched', async () => {
    const stranger = await podman.run(image, { env: at(), volumes: models() }, '--paddock', MODEL);
    expect([stranger.code, stranger.said]).toEqual([2, expect.stringContaining('access-not-granted: These files are for licensees')]);
    const person = await its.person();
    const { token } = await person.withToken(['read', 'download']);
    const grant = await person.obtainGrant(its.admin);
    await its.admin.post(`/grants/${grant}/revoke`, { reason: 'It was shared.' });
    const revoked = await podman.run(image, { env: { ...at(), PADDOCK_TOKEN: token! }, volumes: models() }, '--paddock', MODEL);
    expect([revoked.code, revoked.said]).toEqual([2, expect.stringContaining('for licensees')]);
    expect(revoked.said).not.toContain(token);
    await expect(readFile(join(folder, 'models', MODEL, 'demo-llama.gguf'))).rejects.toThrow('ENOENT');
  }, 60_000);

  test('with a grant fetches the release through the gate, verifies it, and answers', async () => {
    const person = await its.person();
    await person.obtainGrant(its.admin);
    const { token } = await person.withToken(['read', 'download']);
    const options = { env: { ...at(), PADDOCK_TOKEN: token! }, volumes: models() };
    const first = await served({ ...options, name: 'first' });
    expect(first.said).toContain('demo-llama.gguf: downloaded');
    expect(first.said).toContain('is licensed to you under “Sample Community License”, version 1');
    expect(first.answer.choices[0]!.text).not.toBe('');
    // Bytes that are not those of the release are never run: they are fetched anew.
    await truncate(join(folder, 'models', MODEL, 'demo-llama.gguf'), 1000);
    const again = await served({ ...options, name: 'again' });
    expect(again.said).toContain('1 downloaded, 0 already there');
    expect(again.answer.choices).toEqual(first.answer.choices);
    // Without the portal, what was verified before runs, and that is said.
    const alone = await served({ ...options, env: { PADDOCK_URL: `http://127.0.0.1:${await freePort()}` }, name: 'alone' });
    expect(alone.said).toContain('the portal does not answer; what was fetched and verified before is used');
    expect(alone.answer.choices).toEqual(first.answer.choices);
  }, 120_000);

  describe('runtime verify', () => {
    let licensed: string;
    const start = async (as: string) => {
      const env = { ...(await podman.environment()), PADDOCK_RUNTIME_TOKEN: as };
      return startPaddock(its.url, publishing, ['runtime', 'verify', ...MODEL.split('/'), '--image', image], env);
    };
    const left = async () => [(await podman.do('ps', '--all', '--quiet')).said, (await podman.do('volume', 'ls', '--quiet')).said];
    const verifiedWith = async () => {
      const { body } = await its.admin.get<{ verifiedWith: Verified[] }>(`/models/${MODEL.replace('/', '/releases/')}`);
      return body.verifiedWith;
    };

    beforeAll(async () => {
      const person = await its.person();
      await person.obtainGrant(its.admin);
      licensed = (await person.withToken(['read', 'download'])).token!;
    });

    test('records what it measured, and measures the same output again', async () => {
      const first = await (await start(licensed)).ended;
      expect([first.code, first.stdout, first.stderr]).toEqual([
        0,
        expect.stringContaining(`demo-llama tiny-f32: verified with ${image}: llama.cpp `),
        expect.stringContaining('is licensed to you under “Sample Community License”'),
      ]);
      const [recorded] = await verifiedWith();
      expect(first.stdout).toContain(recorded!.outputSha256);
      expect(await (await start(licensed)).ended).toMatchObject({ code: 0, stdout: expect.stringContaining(recorded!.outputSha256) });
      expect(new Set((await verifiedWith()).map(({ image, outputSha256 }) => `${image} ${outputSha256}`)).size).toBe(1);
      expect(recorded).toMatchObject({ image, loadMilliseconds: expect.any(Number), tokensPerSecond: expect.any(Number) });
      expect(await left()).toEqual(['', '']);
    }, 60_000);

    test('says why the gate refuses, and stops the container when it is interrupted', async () => {
      const before = await verifiedWith();
      const stranger = (await (await its.person()).withToken(['read', 'download'])).token!;
      const refused = await (await start(stranger)).ended;
      expect([refused.code, refused.stderr]).toEqual([
        2,
        expect.stringMatching(/^access-not-granted: These files [^]*^release-refused: /m),
      ]);
      expect(refused.stderr).not.toContain(stranger);
      const { process, ended } = await start(licensed);
      let said = '';
      process.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
      await until('the release is there', 30_000, () => said.includes('is licensed to you'));
      process.kill('SIGINT');
      expect(await ended).toMatchObject({ code: 130, stdout: '', stderr: expect.stringContaining('the container was stopped') });
      expect(await left()).toEqual(['', '']);
      expect(await verifiedWith()).toEqual(before);
    }, 60_000);

    test('the portal’s instructions for podman run it as they stand', async () => {
      const { body } = await its.admin.get<{ verified: boolean; instructions: { tool: string; text: string }[] }>(
        `/models/${MODEL.replace('/', '/releases/')}/instructions`,
      );
      const { text } = body.instructions.find(({ tool }) => tool === 'podman')!;
      const port = await freePort();
      const { PADDOCK_CONTAINER_ENGINE: engine, ...conf } = await podman.environment({ LLAMA_ARG_PORT: String(port) });
      const env = { ...process.env, ...conf, PADDOCK_TOKEN: licensed };
      const ended = run('sh', ['-c', `podman() { command ${engine} "$@"; }\n${text}`], { env });
      const answer = await answered(port);
      await podman.do('stop', '--all', '--time', '5');
      await ended;
      expect([body.verified, answer?.choices[0]!.text]).toEqual([true, expect.stringMatching(/./)]);
    }, 60_000);
  });

  interface Verified {
    image: string;
    outputSha256: string;
  }

  interface Completion {
    choices: { text: string }[];
  }

  /** Runs the container until it has answered one prompt, then asks it to stop. */
  async function served(options: { name: string; env: Record<string, string>; volumes: Record<string, string> }) {
    const port = await freePort();
    const ended = podman.run(image, options, '--paddock', MODEL, '--port', String(port), '-c', '256', '--threads', '1');
    const answer = await answered(port);
    await podman.do('stop', '--time', '5', options.name);
    const { said } = await ended;
    if (!answer) throw new Error(`no answer: ${said}`);
    return { said, answer };
  }

  async function answered(port: number): Promise<Completion | undefined> {
    let answer: Completion | undefined;
    for (let tries = 0; !answer && tries < 150; tries += 1) {
      await setTimeout(200);
      answer = await completion(port).catch(() => undefined);
    }
    return answer;
  }

  async function completion(port: number): Promise<Completion | undefined> {
    const body = JSON.stringify({ prompt: 'Hi', max_tokens: 4, temperature: 0, seed: 1 });
    const answer = await fetch(`http://127.0.0.1:${port}/v1/completions`, { method: 'POST', body });
    return answer.ok ? ((await answer.json()) as Completion) : undefined;
  }
});
