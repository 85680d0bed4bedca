import { PORTAL_KEY_NAMES, type KeyStanding } from '@paddock/contracts';
import { formatVerifierKey, type NoteSigner } from '@paddock/ledger';
import { createHash } from 'node:crypto';
import type { DataSource } from 'typeorm';
import type { Runtime } from '../http/runtime.js';
import type { Purpose } from '../keyring/purposes.js';
import { neededBy } from './key-endings.js';
import { ledgerSigners, ledgerSteps } from './ledger-rotation.js';
import { isRingKey, RING_KEYS, type RingKeyName } from './ring-keys.js';
import { s3Steps } from './s3-steps.js';
import { secretMayChange, secretSteps } from './secret-rotation.js';

/** Where keys live: the portal's own, and what the configuration gives. */
export type KeyPlace = Pick<Runtime, 'config' | 'keys' | 'store'>;

interface KeyRow {
  n: number;
  created_at: Date;
  accepted_until: Date | null;
}

type Standing = Omit<KeyStanding, 'name' | 'since' | 'former'> & {
  since: Date | null;
  former: { id: string; until: Date | null; waiting: number | null }[];
};

/** How each key stands, as the process that answers knows it. */
export async function keyStandings(database: DataSource, place: KeyPlace) {
  const items = [];
  for (const name of PORTAL_KEY_NAMES) {
    const standing = isRingKey(name) ? await ringStanding(database, place, name) : await CONFIGURED[name](database, place);
    if (standing) items.push({ name, ...standing });
  }
  return { items, nextCursor: null };
}

const CONFIGURED: Record<'secret' | 'ledger' | 's3', (database: DataSource, place: KeyPlace) => Promise<Standing | undefined>> = {
  secret: async (database, { config }) => {
    const [sealed] = await database.query<{ id: string; since: Date }[]>(
      'SELECT secret_id AS id, max(secret_since) AS since FROM portal_key GROUP BY secret_id ORDER BY since DESC',
    );
    const { id, since } = sealed!;
    const here = secretMayChange(config, id);
    return { id: id.slice(0, 8), since, former: [], rotates: here ? 'here' : 'by-steps', steps: secretSteps(config, id) };
  },
  ledger: async (database, { config }) => {
    const newest = await newestCheckpoint(database);
    const [current, ...former] = newest === undefined ? [] : ledgerSigners(config, newest);
    const began = await database.query<{ vkey: string; began_at: Date }[]>('SELECT vkey, began_at FROM ledger_key');
    const since = (signer: NoteSigner) => began.find(({ vkey }) => vkey === formatVerifierKey(signer.key))?.began_at ?? null;
    return {
      id: current ? idOf(current) : null,
      since: current ? since(current) : null,
      former: former.map((one) => ({ id: idOf(one), until: null, waiting: null })),
      rotates: config.PADDOCK_LEDGER_KEY === undefined ? 'here' : 'by-steps',
      steps: ledgerSteps(config),
    };
  },
  s3: async (database, { store: { credentials } }) => {
    if (!credentials) return undefined;
    const [seen] = await database.query<{ since: Date }[]>(`SELECT since FROM configured_key WHERE name = 's3' AND key_id = $1`, [
      credentials.accessKeyIds[0],
    ]);
    const { inUse, accessKeyIds } = credentials;
    const former = accessKeyIds.filter((id) => id !== inUse).map((id) => ({ id, until: null, waiting: null }));
    return { id: inUse, since: seen?.since ?? null, former, rotates: 'by-steps', steps: s3Steps(credentials) };
  },
};

/** The note of the newest checkpoint, which names the log and who signed it. */
export async function newestCheckpoint(database: DataSource): Promise<string | undefined> {
  const [row] = await database.query<{ note: string }[]>('SELECT note FROM checkpoint ORDER BY size DESC LIMIT 1');
  return row?.note;
}

async function ringStanding(database: DataSource, { keys }: KeyPlace, name: RingKeyName): Promise<Standing> {
  const { purposes } = RING_KEYS[name];
  const [first] = purposes;
  const rows = await rowsOf(database, first);
  const [current, ...former] = rows;
  const shown = former.map(async ({ n, accepted_until: until }) => ({
    id: await fingerprint(keys, first, n),
    until,
    waiting: until ? null : await neededByAll(database, purposes, n),
  }));
  return {
    id: await fingerprint(keys, first, current!.n),
    since: current!.created_at,
    former: await Promise.all(shown),
    rotates: 'here',
    steps: [],
  };
}

function rowsOf(database: DataSource, purpose: Purpose): Promise<KeyRow[]> {
  return database.query<KeyRow[]>(
    'SELECT n, created_at, accepted_until FROM portal_key WHERE purpose = $1 AND (accepted_until IS NULL OR accepted_until > now()) ORDER BY n DESC',
    [purpose],
  );
}

async function neededByAll(database: DataSource, purposes: readonly Purpose[], n: number): Promise<number> {
  const counts = await Promise.all(purposes.map((purpose) => neededBy(database, purpose, n)));
  return counts.reduce((sum, count) => sum + count, 0);
}

/** Of a key of 256 random bits: nothing follows from it. */
async function fingerprint(keys: KeyPlace['keys'], purpose: Purpose, n: number): Promise<string> {
  const { key } = await keys.generation(purpose, n);
  return `${n}-${createHash('sha256').update(`fingerprint ${purpose}`).update(key).digest('hex').slice(0, 8)}`;
}

/** As it stands in the verifier key. */
const idOf = ({ key }: NoteSigner) => formatVerifierKey(key).split('+')[1]!;
