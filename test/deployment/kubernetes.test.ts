import { execFile, execFileSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Service } from 'kubernetes-models/v1/Service';
import { parseAllDocuments } from 'yaml';
import { readConfig } from '../../apps/server/src/config.js';
import { Metrics } from '../../apps/server/src/http/metrics.js';
import { nginxRemedy } from '../support/nginx.js';
import { describeWithPeer } from '../support/peers.js';
import { readByNginx } from './read-by-nginx.js';
import { unknownSettings } from './settings.js';

const FOLDER = resolve('infra/kubernetes');
const KINDS = { ConfigMap, Deployment, HorizontalPodAutoscaler, Job, Namespace, NetworkPolicy, PodDisruptionBudget, Service } as const;

/** What these tests read; the models know the rest. */
interface Manifest {
  kind: keyof typeof KINDS;
  metadata: { name: string; namespace?: string };
  data?: Record<string, string>;
  spec?: {
    template?: { metadata: { labels: Record<string, string> }; spec: PodSpec };
    selector?: { matchLabels?: Record<string, string> } & Record<string, unknown>;
    podSelector?: { matchLabels?: Record<string, string>; matchExpressions?: { key: string; values: string[] }[] };
    metrics?: { pods?: { metric: { name: string } } }[];
    scaleTargetRef?: { name: string };
  };
}

interface PodSpec {
  automountServiceAccountToken: boolean;
  securityContext: object;
  containers: { env?: { name: string; value?: string }[]; securityContext: object; resources: object; volumeMounts: object[] }[];
  volumes: { projected?: { sources: { secret?: { name: string } }[] } }[];
}

describeWithPeer('kubectl', ['kubectl'], 'https://kubernetes.io/docs/tasks/tools', () => {
  describe.each(['small', 'large'])('infra/kubernetes/%s', (overlay) => {
    const manifests = rendered(overlay);
    const of = (...kinds: string[]) => manifests.filter(({ kind }) => kinds.includes(kind));
    const pods = of('Deployment', 'Job').map((manifest) => [manifest.metadata.name, manifest.spec!.template!] as const);
    const settings = Object.assign({}, ...of('ConfigMap').filter(({ metadata }) => metadata.name === 'paddock').map(({ data }) => data)); // prettier-ignore

    test('holds what Kubernetes takes, in one namespace', () => {
      for (const manifest of manifests) {
        expect(Object.keys(KINDS)).toContain(manifest.kind);
        expect(() => new KINDS[manifest.kind](manifest as never).validate()).not.toThrow();
      }
      const elsewhere = manifests.filter(({ kind, metadata }) => kind !== 'Namespace' && metadata.namespace !== 'paddock');
      expect(elsewhere).toEqual([]);
      const broken = { ...of('Deployment')[0], spec: { replicas: 'many' } };
      expect(() => new Deployment(broken as never).validate()).toThrow(/replicas|selector/);
    });

    test('asks for the rights of the restricted profile, and no more', () => {
      for (const [, { spec }] of pods) {
        expect(spec).toMatchObject({ automountServiceAccountToken: false });
        expect(spec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
        for (const { securityContext, resources } of spec.containers) {
          expect(securityContext).toEqual({
            allowPrivilegeEscalation: false,
            readOnlyRootFilesystem: true,
            capabilities: { drop: ['ALL'] },
          });
          expect(resources).toMatchObject({
            requests: { cpu: expect.any(String), memory: expect.any(String) },
            limits: { memory: expect.any(String) },
          });
        }
      }
    });

    test('lets each deployment be probed, drained and reached', () => {
      const labels = pods.map(([, { metadata }]) => metadata.labels);
      const chosen = (wanted: Record<string, string> = {}) =>
        labels.filter((one) => Object.entries(wanted).every(([key, value]) => one[key] === value)).length;
      for (const { metadata, spec } of of('Deployment')) {
        expect(spec!.template!.spec.containers[0]).toMatchObject({ readinessProbe: expect.anything(), livenessProbe: expect.anything() });
        const budgets = of('PodDisruptionBudget').filter((budget) => budget.metadata.name === metadata.name);
        expect(budgets.map((budget) => chosen(budget.spec!.selector!.matchLabels))).toEqual([1]);
      }
      for (const service of of('Service')) expect(chosen(service.spec!.selector as Record<string, string>)).toBe(1);
      for (const { spec } of of('NetworkPolicy')) {
        const { matchLabels, matchExpressions = [] } = spec!.podSelector!;
        const listed = matchExpressions.flatMap(({ key, values }) => values.map((value) => ({ [key]: value })));
        for (const labels of [...(matchLabels ? [matchLabels] : []), ...listed]) expect(chosen(labels)).toBe(1);
      }
    });

    test('names secrets and holds none; the server takes every setting', () => {
      expect(manifests.map(({ kind }) => kind)).not.toContain('Secret');
      const env = pods.flatMap(([, { spec }]) => spec.containers.flatMap(({ env = [] }) => env));
      expect(unknownSettings([...Object.keys(settings), ...env.map(({ name }) => name)])).toEqual([]);
      const folder = mkdtempSync(join(tmpdir(), 'paddock-secrets-'));
      try {
        for (const [name, value] of Object.entries(secretsOf(settings))) writeFileSync(join(folder, name), value);
        const local = Object.entries(settings as Record<string, string>).map(([name, value]) => [name, value.replace('/secrets', folder)]);
        const config = readConfig({ PADDOCK_HOST: '0.0.0.0', PADDOCK_ROLE: 'http', ...Object.fromEntries(local) });
        expect(config).toMatchObject({ PADDOCK_PUBLIC_URL: 'https://models.example.org', PADDOCK_S3_BUCKET: 'weights' });
      } finally {
        rmSync(folder, { recursive: true });
      }
      const owners = pods.filter(([, { spec }]) => JSON.stringify(spec.volumes).includes('paddock-owner')).map(([name]) => name);
      expect(owners).toEqual(['paddock-migrate']);
    });

    test('counts by a metric that the portal has', () => {
      const scalers = of('HorizontalPodAutoscaler');
      expect(scalers).toHaveLength(overlay === 'large' ? 1 : 0);
      for (const { spec } of scalers) {
        const names = spec!.metrics!.flatMap(({ pods: byPod }) => byPod?.metric.name ?? []);
        expect(names).toEqual(['paddock_http_requests_in_flight']);
        for (const name of names) expect(new Metrics().registry.getSingleMetric(name)).toBeDefined();
        const target = of('Deployment').find(({ metadata }) => metadata.name === spec!.scaleTargetRef!.name);
        expect(target!.spec).not.toHaveProperty('replicas');
      }
    });
  });

  describeWithPeer('nginx', ['nginx'], nginxRemedy, () => {
    test('reads the configuration, but for what came after Debian’s nginx', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'paddock-kubernetes-'));
      try {
        const files = ['-keyout', join(folder, 'tls.key'), '-out', join(folder, 'tls.crt')];
        const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-subj', '/CN=models.example.org', ...files];
        await promisify(execFile)('openssl', made);
        const said = await readByNginx(join(FOLDER, 'base/nginx.conf'), { folder, certificate: folder, upstreams: 2 });
        expect(said).toContain('test is successful');
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  });
});

function rendered(overlay: string): Manifest[] {
  const text = execFileSync('kubectl', ['kustomize', join(FOLDER, overlay)], { encoding: 'utf8' });
  return parseAllDocuments(text).map((document) => document.toJS() as Manifest);
}

/** A value of the right form for each secret that is read from a file, by the file's name. */
function secretsOf(settings: Record<string, string>): Record<string, string> {
  const forms: Record<string, string> = {
    PADDOCK_DATABASE_URL_FILE: 'postgresql://paddock_server:x@database/paddock',
    PADDOCK_LEDGER_KEY_FILE: '5e'.repeat(32),
    PADDOCK_REDIS_URL_FILE: 'rediss://valkey:6379',
    PADDOCK_CLOUDFRONT_KEY_FILE: rsaKey(),
  };
  const files = Object.entries(settings).filter(([name]) => name.endsWith('_FILE'));
  return Object.fromEntries(files.map(([name, file]) => [file.replace('/secrets/', ''), forms[name] ?? 'a secret that is long enough for it'])); // prettier-ignore
}

function rsaKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
