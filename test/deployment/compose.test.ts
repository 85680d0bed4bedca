import { Ajv } from 'ajv';
import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { readConfig } from '../../apps/server/src/config.js';
import { nginxRemedy } from '../support/nginx.js';
import { describeWithPeer } from '../support/peers.js';
import { readByNginx } from './read-by-nginx.js';
import { unknownSettings } from './settings.js';

const run = promisify(execFile);
const FOLDER = resolve('infra/compose');
const SCHEMA = resolve('test/fixtures/schemas/compose-spec.json');

interface Service {
  image: string;
  read_only?: boolean;
  cap_drop?: string[];
  security_opt?: string[];
  privileged?: boolean;
  user?: string;
  environment?: Record<string, string>;
  secrets?: (string | { source: string })[];
  volumes?: string[];
  networks: string[] | Record<string, object>;
  depends_on?: Record<string, { condition: string }>;
  healthcheck?: object;
}

interface Compose {
  services: Record<string, Service>;
  secrets: Record<string, { file: string }>;
  volumes: Record<string, object>;
  networks: Record<string, object>;
}

const secretsOf = ({ secrets = [] }: Service) => secrets.map((secret) => (typeof secret === 'string' ? secret : secret.source));
const networksOf = ({ networks }: Service) => (Array.isArray(networks) ? networks : Object.keys(networks));

describe('infra/compose', () => {
  const compose = parse(readFileSync(join(FOLDER, 'compose.yaml'), 'utf8'), { merge: true }) as Compose;
  const services = Object.entries(compose.services);
  const portals = services.filter(([, { image }]) => image.startsWith('${PADDOCK_IMAGE'));
  let folder: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'paddock-compose-'));
    cpSync(FOLDER, join(folder, 'compose'), { recursive: true });
    await run(join(folder, 'compose/prepare.sh'), ['models.example.org']);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is what the Compose Specification allows', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const { $schema: _, ...schema } = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Record<string, unknown>;
    const validate = ajv.compile(schema);
    expect([validate(compose), validate.errors]).toEqual([true, null]);
    expect(validate({ ...compose, services: { portal: { imagine: 'x' } } })).toBe(false);
  });

  test('names only secrets, volumes, networks, services and files that there are', () => {
    const missing = services.flatMap(([name, service]) => {
      const needs = Object.entries(service.depends_on ?? {});
      const mounted = (service.volumes ?? []).map((volume) => volume.split(':')[0]!);
      return [
        ...secretsOf(service).filter((secret) => !compose.secrets[secret]),
        ...networksOf(service).filter((network) => !compose.networks[network]),
        ...mounted.filter((from) => (from.startsWith('.') ? !existsSync(join(FOLDER, from)) : !(from in compose.volumes))),
        ...needs.filter(([needed, { condition }]) => condition === 'service_healthy' && !compose.services[needed]?.healthcheck),
        ...needs.filter(([needed]) => !compose.services[needed]),
      ].map((what) => `${name}: ${what}`);
    });
    expect(missing).toEqual([]);
  });

  test.each(services)('%s cannot write into its image nor gain rights', (name, service) => {
    expect(service).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
    expect(service.privileged).toBeUndefined();
    // The portal's image has a user of its own; Garage's has nobody but root.
    const named = portals.every(([portal]) => portal !== name) && name !== 'garage';
    expect(service.user ?? '').toMatch(named ? /^[1-9]\d*:[1-9]\d*$/ : /^$/);
  });

  test.each(portals)('%s has settings that the server takes', (_, { environment = {}, ...service }) => {
    expect(unknownSettings(Object.keys(environment))).toEqual([]);
    const given = readFileSync(join(folder, 'compose/.env'), 'utf8').trim().split('\n').map((line) => line.split('=') as [string, string]); // prettier-ignore
    const env = Object.fromEntries(
      Object.entries(environment).map(([key, value]) => [
        key,
        value
          .replace(/\$\{(\w+)[^}]*\}/g, (_, name: string) => Object.fromEntries(given)[name] ?? '')
          .replace('/run/secrets', join(folder, 'compose/secrets')),
      ]),
    );
    const config = readConfig({ PADDOCK_HOST: '0.0.0.0', ...env });
    expect(config).toMatchObject({
      PADDOCK_PUBLIC_URL: 'https://models.example.org',
      PADDOCK_S3_ENDPOINT: 'https://s3.models.example.org',
    });
    // A secret that is named is mounted, and one that is mounted is named.
    const files = Object.values(environment).flatMap((value) => /^\/run\/secrets\/(.+)$/.exec(value)?.[1] ?? []);
    expect(files.toSorted()).toEqual(secretsOf(service).toSorted());
  });

  test('only the migration knows the owner, and only for as long as it runs', () => {
    const owners = services.filter(([, service]) => secretsOf(service).includes('database-owner')).map(([name]) => name);
    expect(owners).toEqual(['migrate']);
  });

  test('prepare.sh makes each secret once, out of others’ reach', async () => {
    const secrets = join(folder, 'compose/secrets');
    expect(statSync(secrets).mode & 0o777).toBe(0o700);
    for (const { file } of Object.values(compose.secrets)) expect(existsSync(join(folder, 'compose', file))).toBe(true);
    const all = () => readdirSync(secrets).map((name) => readFileSync(join(secrets, name), 'utf8'));
    const before = all();
    await run(join(folder, 'compose/prepare.sh'), ['models.example.org']);
    expect(all()).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
  });

  describeWithPeer('nginx', ['nginx'], nginxRemedy, () => {
    test('reads the configuration, but for what came after Debian’s nginx', async () => {
      const certificate = join(folder, 'compose/secrets');
      expect(await readByNginx(join(FOLDER, 'nginx.conf'), { folder, certificate, upstreams: 3 })).toContain('test is successful');
    });
  });
});
