import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import { flag } from './flag-setting.js';
import { ledgerKey, ledgerWitnesses } from './ledger-settings.js';
import { limitSettings, requestsPerMinute } from './limit-settings.js';
import { oidcProviders } from './oidc-providers.js';
import { sendingContradictions, sendingSettings } from './sending-settings.js';
import { storeSettings } from './store-settings.js';
import { telemetrySettings } from './telemetry-settings.js';
import { torrentSettings } from './torrent-settings.js';

/** RFC 5322's mailbox, without quoting, comments or lists. */
const MAILBOX = /^(?:[^\p{Cc}"<>@,;:()[\]\\]*<[^\s"<>@,;:()[\]\\]+@[\w.-]+>|[^\s"<>@,;:()[\]\\]+@[\w.-]+)$/u;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '::1']);

/** Every environment variable of the server. docs/generated/environment.md is printed from it. */
export const environment = z.object({
  PADDOCK_DATA_DIR: z.string().default('./.data').describe('Folder of everything that the embedded default keeps.'),
  PADDOCK_HOST: z.string().default('127.0.0.1').describe('Address to listen on. Beyond loopback PADDOCK_PUBLIC_URL is required.'),
  PADDOCK_PORT: z.coerce.number().int().min(0).max(65535).default(8080).describe('Port to listen on; 0 takes a free one.'),
  PADDOCK_PUBLIC_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('The only source of absolute URLs. Default: http://127.0.0.1:PORT.'),
  PADDOCK_TRUSTED_PROXIES: z.string().optional().describe('Comma-separated addresses or networks whose forwarding headers are believed.'),
  PADDOCK_ROLE: z
    .enum(['all', 'http', 'jobs'])
    .default('all')
    .describe('What this process does: `http` answers requests, `jobs` does what nobody waits for, `all` does both.'),
  PADDOCK_DATABASE_URL: z
    .string()
    .startsWith('postgres')
    .optional()
    .describe('PostgreSQL for the server’s role. Default: the embedded one.'),
  PADDOCK_DATABASE_OWNER_URL: z
    .string()
    .startsWith('postgres')
    .optional()
    .describe('PostgreSQL role that runs migrations. Default: PADDOCK_DATABASE_URL.'),
  PADDOCK_DATABASE_POOL: z.coerce.number().int().min(2).max(500).default(20).describe('Connections to PostgreSQL per process.'),
  PADDOCK_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('Secret under which the portal’s keys are sealed; the same for all processes. Default: made once under PADDOCK_DATA_DIR.'),
  PADDOCK_PREVIOUS_SECRET: z
    .string()
    .min(32)
    .optional()
    .describe('The secret before that one, until `paddock keys rotate secret` has sealed all keys under the new one.'),
  PADDOCK_LEDGER_ORIGIN: z
    .string()
    .regex(/^[^\s+]{1,200}$/, 'must be a name without spaces and plus')
    .optional()
    .describe('Name of the ledger in its checkpoints, kept once the first one is signed. Default: host of the public URL, and /ledger.'),
  PADDOCK_LEDGER_KEY: ledgerKey
    .optional()
    .describe(
      'Ed25519 key that signs the ledger’s checkpoints, 64 hexadecimal digits; the same for all processes. Default: made once under PADDOCK_DATA_DIR.',
    ),
  PADDOCK_LEDGER_PREVIOUS_KEY: ledgerKey
    .optional()
    .describe('The key before that one, which signs too while checkpoints are still verified by it.'),
  PADDOCK_LEDGER_WITNESSES: ledgerWitnesses
    .default([])
    .describe('Witnesses that cosign the ledger’s checkpoints: a JSON array of {url, vkey}; url is where add-checkpoint is.'),
  ...storeSettings,
  PADDOCK_ADMIN_EMAIL: z.email().optional().describe('E-mail of the first administrator, made while there is none.'),
  PADDOCK_ADMIN_PASSWORD: z.string().min(10).optional().describe('Password of the first administrator.'),
  PADDOCK_DEMO: flag.default(true).describe('Publish the demo models at start; on loopback only.'),
  PADDOCK_LINK_HOURS: z.coerce.number().min(0.01).max(168).default(24).describe('How long a link lives unless asked for less.'),
  ...sendingSettings,
  ...torrentSettings,
  ...limitSettings,
  PADDOCK_SESSION_HOURS: z.coerce.number().int().min(1).max(8760).default(168).describe('How long a sign-in lives.'),
  PADDOCK_STAFF_SECOND_FACTOR: z
    .enum(['required', 'optional'])
    .optional()
    .describe('Whether staff powers need a second factor. Default: required beyond loopback, else optional.'),
  PADDOCK_OIDC_PROVIDERS: oidcProviders
    .default([])
    .describe(
      'OpenID providers for sign-in: a JSON array of {id, title, issuer, clientId, clientSecret?, scopes?, kind?: generic | orcid}.',
    ),
  PADDOCK_SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe(
      'Mail server, smtp://user:password@host:port or smtps://…; a password leaves the machine encrypted only. Default: mail is kept on the outbox page.',
    ),
  PADDOCK_MAIL_FROM: z
    .string()
    .regex(MAILBOX, 'must be one address, or a name and <address>')
    .optional()
    .describe('Sender of mail: `portal@example.org` or `Paddock <portal@example.org>`.'),
  PADDOCK_OUTGOING_ALLOW_PRIVATE: flag.default(false).describe('Outgoing requests may go to private networks.'),
  PADDOCK_CAPTURE_ALLOW_LOOPBACK: flag.default(false).describe('Policies may be captured from this machine; for tests.'),
  PADDOCK_CAPTURE_CONCURRENCY: z.coerce.number().int().min(1).max(64).default(4).describe('Policies that one process captures at a time.'),
  PADDOCK_CHROMIUM: z
    .string()
    .optional()
    .describe(
      'Chromium that prints captured pages, or `none`. Default: the one that is installed; without one, PDFs are typeset from the text.',
    ),
  PADDOCK_TIMESTAMP_URL: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('Time-stamping authority (RFC 3161) for snapshots of policies. Default: none.'),
  PADDOCK_TIMESTAMP_CA_FILE: z.string().optional().describe('PEM file of the certificates that the authority’s answers must lead to.'),
  PADDOCK_SHUTDOWN_SECONDS: z.coerce
    .number()
    .int()
    .min(0)
    .max(3600)
    .default(20)
    .describe('How long running downloads may take to finish at shutdown.'),
  PADDOCK_METRICS_TOKEN: z.string().min(16).optional().describe('Bearer token of /metrics; required beyond loopback.'),
  PADDOCK_LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'silent']).default('info').describe('Least level that is logged.'),
  ...telemetrySettings,
});

/** Variables that may also be given as a file: PADDOCK_SECRET_FILE holds PADDOCK_SECRET. */
export const SECRETS = [
  'PADDOCK_SECRET',
  'PADDOCK_PREVIOUS_SECRET',
  'PADDOCK_LEDGER_KEY',
  'PADDOCK_LEDGER_PREVIOUS_KEY',
  'PADDOCK_LEDGER_WITNESSES',
  'PADDOCK_DATABASE_URL',
  'PADDOCK_DATABASE_OWNER_URL',
  'PADDOCK_S3_SECRET_ACCESS_KEY',
  'PADDOCK_S3_PREVIOUS_SECRET_ACCESS_KEY',
  'PADDOCK_CLOUDFRONT_KEY',
  'PADDOCK_ADMIN_PASSWORD',
  'PADDOCK_METRICS_TOKEN',
  'PADDOCK_OIDC_PROVIDERS',
  'PADDOCK_REDIS_URL',
  'PADDOCK_SMTP_URL',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const;

export type Config = Readonly<z.infer<typeof environment>> & {
  readonly dataDir: string;
  readonly loopback: boolean;
  readonly staffSecondFactor: 'required' | 'optional';
  /** 0 for any number. */
  readonly requestsPerMinute: Readonly<Record<'address' | 'person', number>>;
};

/** All faults at once, one a line. */
export class ConfigurationError extends Error {}

/** The only reader of the environment. */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const { values, faults } = withSecretFiles(env);
  const unknown = Object.keys(values).filter((name) => !(name in environment.shape));
  faults.push(...unknown.map((name) => `${name}: there is no such variable`));
  const parsed = environment.safeParse(values);
  if (!parsed.success) faults.push(...parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
  faults.push(...contradictions(values));
  if (!parsed.success || faults.length > 0) throw new ConfigurationError(faults.join('\n'));
  const { data } = parsed;
  const loopback = LOOPBACK.has(data.PADDOCK_HOST);
  return Object.freeze({
    ...data,
    dataDir: resolve(data.PADDOCK_DATA_DIR),
    loopback,
    requestsPerMinute: requestsPerMinute(data, loopback && data.PADDOCK_TRUSTED_PROXIES === undefined),
    staffSecondFactor: data.PADDOCK_STAFF_SECOND_FACTOR ?? (loopback ? 'optional' : 'required'),
  });
}

/** Of what was given, so that a fault elsewhere hides none of them. */
function contradictions(data: Partial<Record<string, string>>): string[] {
  const beyondLoopback = data.PADDOCK_HOST !== undefined && !LOOPBACK.has(data.PADDOCK_HOST);
  const rules: [boolean, string][] = [
    [beyondLoopback && !data.PADDOCK_PUBLIC_URL, 'PADDOCK_PUBLIC_URL: required when PADDOCK_HOST is beyond loopback'],
    [(URL.parse(data.PADDOCK_PUBLIC_URL ?? '')?.pathname ?? '/') !== '/', 'PADDOCK_PUBLIC_URL: a path is not supported'],
    [!!data.PADDOCK_ADMIN_EMAIL !== !!data.PADDOCK_ADMIN_PASSWORD, 'PADDOCK_ADMIN_EMAIL and PADDOCK_ADMIN_PASSWORD: give both or none'],
    [!!data.PADDOCK_SMTP_URL !== !!data.PADDOCK_MAIL_FROM, 'PADDOCK_SMTP_URL and PADDOCK_MAIL_FROM: give both or none'],
    [/[?#]|[^/]\/[^/]/.test(data.PADDOCK_SMTP_URL ?? ''), 'PADDOCK_SMTP_URL: holds a host, a port, a user and a password only'],
    [
      !!data.PADDOCK_S3_BUCKET && !(data.PADDOCK_S3_ACCESS_KEY_ID && data.PADDOCK_S3_SECRET_ACCESS_KEY),
      'PADDOCK_S3_BUCKET: needs PADDOCK_S3_ACCESS_KEY_ID and PADDOCK_S3_SECRET_ACCESS_KEY',
    ],
    [
      !!data.PADDOCK_S3_PREVIOUS_ACCESS_KEY_ID !== !!data.PADDOCK_S3_PREVIOUS_SECRET_ACCESS_KEY,
      'PADDOCK_S3_PREVIOUS_ACCESS_KEY_ID and PADDOCK_S3_PREVIOUS_SECRET_ACCESS_KEY: give both or none',
    ],
    [!!data.PADDOCK_PREVIOUS_SECRET && !data.PADDOCK_SECRET, 'PADDOCK_PREVIOUS_SECRET: needs PADDOCK_SECRET'],
    [
      !!data.PADDOCK_TIMESTAMP_URL !== !!data.PADDOCK_TIMESTAMP_CA_FILE,
      'PADDOCK_TIMESTAMP_URL and PADDOCK_TIMESTAMP_CA_FILE: give both or none',
    ],
    [!!data.PADDOCK_SEEDER_HOST && !data.PADDOCK_SEEDER_ADDRESS, 'PADDOCK_SEEDER_HOST: needs PADDOCK_SEEDER_ADDRESS'],
    ...oidcContradictions(data),
    ...sendingContradictions(data),
    [
      ['http', 'jobs'].includes(data.PADDOCK_ROLE ?? '') && !data.PADDOCK_DATABASE_URL,
      'PADDOCK_ROLE: needs PADDOCK_DATABASE_URL, for the embedded PostgreSQL belongs to one process',
    ],
    [!!data.PADDOCK_DATABASE_OWNER_URL && !data.PADDOCK_DATABASE_URL, 'PADDOCK_DATABASE_OWNER_URL: needs PADDOCK_DATABASE_URL'],
  ];
  return rules.filter(([broken]) => broken).map(([, fault]) => fault);
}

/** Without TLS a provider's word is anybody's: only a test's provider on this machine is believed so. */
function oidcContradictions(data: Partial<Record<string, string>>): [boolean, string][] {
  const providers = oidcProviders.safeParse(data.PADDOCK_OIDC_PROVIDERS ?? '[]').data ?? [];
  const allowed = flag.safeParse(data.PADDOCK_OUTGOING_ALLOW_PRIVATE ?? 'false').data === true;
  return providers.map(({ issuer }, index) => {
    const { protocol, hostname } = new URL(issuer);
    const loopback = LOOPBACK.has(hostname.replaceAll(/[[\]]/g, ''));
    return [
      protocol !== 'https:' && !(allowed && loopback),
      `PADDOCK_OIDC_PROVIDERS.${index}.issuer: must be https; on loopback http is taken with PADDOCK_OUTGOING_ALLOW_PRIVATE`,
    ];
  });
}

/** Everything of our own name, so that a misspelled variable is told; of OpenTelemetry's those that are known here. */
function isOurs(name: string): boolean {
  return name.startsWith('PADDOCK_') || name in telemetrySettings || name === 'OTEL_EXPORTER_OTLP_HEADERS_FILE';
}

function withSecretFiles(env: NodeJS.ProcessEnv): { values: Record<string, string>; faults: string[] } {
  const faults: string[] = [];
  const values = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => isOurs(entry[0]) && entry[1] !== undefined && entry[1] !== ''),
  );
  for (const name of SECRETS) {
    const file = values[`${name}_FILE`];
    if (file === undefined) continue;
    delete values[`${name}_FILE`];
    if (values[name] !== undefined) faults.push(`${name}_FILE: ${name} is given too; give one of them`);
    try {
      values[name] = readFileSync(file, 'utf8').trim();
    } catch (error) {
      faults.push(`${name}_FILE: ${(error as Error).message}`);
    }
  }
  // The command line's own variables may stand in the same environment.
  for (const name of ['PADDOCK_TOKEN', 'PADDOCK_TOKEN_FILE', 'PADDOCK_URL']) delete values[name];
  return { values, faults };
}
