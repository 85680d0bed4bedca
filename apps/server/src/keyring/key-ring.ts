import { randomBytes } from 'node:crypto';
import { Pool } from 'pg';
import { APPLICATION } from '../database/connection.js';
import { knownSecrets, opensPersonKey, type PortalSecret, type SecretSettings } from './portal-secrets.js';
import { PURPOSES, type Purpose } from './purposes.js';

/** Generations are read again when they are older: no key is taken for more than a second after its end. */
const FRESH_MS = 900;
const TIMEOUT_MS = 30_000;
export const KEY_BYTES = 32;

export interface Generation {
  n: number;
  key: Buffer;
}

/** What a transaction is asked by: TypeORM's, or a client of one's own. */
export interface Asked {
  query<Row>(text: string, values: unknown[]): Promise<Row[]>;
}

interface KeyRow {
  purpose: Purpose;
  n: number;
  material: Buffer;
  secret_id: string;
}

const LIVE = `SELECT purpose, n, material, secret_id FROM portal_key
  WHERE accepted_until IS NULL OR accepted_until > clock_timestamp() ORDER BY purpose, n DESC`;
/** Whether it is a portal of before keys had generations: then the first ones are those that followed from its secret. */
const USED = 'SELECT EXISTS (SELECT FROM account) AND NOT EXISTS (SELECT FROM portal_key) AS used';
/** A generation that has ended does not come back. */
const SEED = `INSERT INTO portal_key (purpose, n, material, secret_id)
  SELECT purpose, 1, material, $3 FROM unnest($1::text[], $2::bytea[]) AS seed (purpose, material)
  WHERE NOT EXISTS (SELECT FROM portal_key k WHERE k.purpose = seed.purpose) ON CONFLICT DO NOTHING`;
/** What is ended meanwhile waits for this transaction: no key is destroyed under which something is being sealed. */
const NEWEST = 'SELECT n FROM portal_key WHERE purpose = $1 ORDER BY n DESC LIMIT 1 FOR KEY SHARE';

/**
 * The portal's keys: random, in the database, sealed under its secret (decision 0054). All processes read them from there, so
 * that a key which one of them makes is taken by the others at once.
 */
export class KeyRing {
  private live = new Map<Purpose, Generation[]>();
  private readAt = -Infinity;
  private reading: Promise<void> | undefined;
  private next: Promise<void> | undefined;

  private constructor(
    private readonly pool: Pool,
    private readonly settings: SecretSettings,
  ) {}

  /** Throws where the known secrets open none of some purpose's keys. */
  static async open(url: string, settings: SecretSettings): Promise<KeyRing> {
    const limits = { statement_timeout: TIMEOUT_MS, query_timeout: TIMEOUT_MS, connectionTimeoutMillis: 5000 };
    const pool = new Pool({ connectionString: url, max: 1, application_name: APPLICATION, ...limits });
    pool.on('error', () => undefined);
    const ring = new KeyRing(pool, settings);
    try {
      await ring.seed();
      await ring.refresh();
      for (const purpose of PURPOSES) ring.current(purpose);
      return ring;
    } catch (error) {
      await pool.end();
      throw error;
    }
  }

  /** What seals and signs. */
  current(purpose: Purpose): Generation {
    const [newest] = this.all(purpose);
    if (!newest) throw new Error(`PADDOCK_SECRET opens none of the portal’s keys for ${purpose}: give the one that it ran with`);
    return newest;
  }

  /** What is taken, the newest first. */
  all(purpose: Purpose): readonly Generation[] {
    return this.live.get(purpose) ?? [];
  }

  async generation(purpose: Purpose, n: number): Promise<Generation> {
    const find = () => this.all(purpose).find((one) => one.n === n);
    const known = find() ?? (await this.refresh().then(find));
    if (!known) throw new Error(`the portal has no key ${n} for ${purpose}, or its secret does not open it`);
    return known;
  }

  /** The newest one, which is not ended while the transaction lasts. */
  async toSeal(tx: Asked, purpose: Purpose): Promise<Generation> {
    const [row] = await tx.query<{ n: number }>(NEWEST, [purpose]);
    return this.generation(purpose, row!.n);
  }

  /** What was sealed under whichever generation; `open` throws unless it is given the right key. */
  async opened<T>(purpose: Purpose, open: (key: Buffer) => T): Promise<T> {
    const before = this.all(purpose);
    try {
      return firstOf(before, open);
    } catch {
      await this.refresh();
      return firstOf(this.all(purpose), open);
    }
  }

  async fresh(): Promise<void> {
    if (performance.now() - this.readAt > FRESH_MS) await this.refresh();
  }

  /** As the database has them now: a reading that had begun before does not count. */
  refresh(): Promise<void> {
    this.next ??= (this.reading ?? Promise.resolve())
      .catch(() => undefined)
      .then(() => {
        this.next = undefined;
        this.reading = this.read();
        return this.reading;
      });
    return this.next;
  }

  close(): Promise<void> {
    return this.pool.end();
  }

  private async read(): Promise<void> {
    const at = performance.now();
    const { rows } = await this.pool.query<KeyRow>(LIVE);
    const secrets = rows.every((row) => this.known(row)) ? [] : knownSecrets(this.settings);
    const live = new Map<Purpose, Generation[]>();
    for (const row of rows) {
      const generation = this.known(row) ?? opened(row, secrets);
      if (generation) live.set(row.purpose, [...(live.get(row.purpose) ?? []), generation]);
    }
    this.live = live;
    this.readAt = at;
  }

  private known({ purpose, n }: KeyRow): Generation | undefined {
    return this.all(purpose).find((one) => one.n === n);
  }

  private async seed(): Promise<void> {
    const secret = await this.secretOfOld();
    const { rows } = await this.pool.query<{ used: boolean }>(USED);
    const materials = PURPOSES.map((purpose) => secret.wrap(purpose, 1, rows[0]!.used ? secret.first(purpose) : randomBytes(KEY_BYTES)));
    await this.pool.query(SEED, [PURPOSES, materials, secret.id]);
  }

  /** The secret whose first keys are in use, where something was sealed before keys had generations. */
  private async secretOfOld(): Promise<PortalSecret> {
    const secrets = knownSecrets(this.settings);
    const { rows } = await this.pool.query<{ id: string; wrapped: Buffer }>(
      'SELECT account_id AS id, wrapped_key AS wrapped FROM person_key WHERE key_n = 1 AND NOT EXISTS (SELECT FROM portal_key) LIMIT 1',
    );
    const [sealed] = rows;
    const secret = sealed ? secrets.find((one) => opensPersonKey(one, sealed.id, sealed.wrapped)) : secrets[0];
    if (!secret) throw new Error('PADDOCK_SECRET does not open what is sealed in the database: give the one that the portal ran with');
    return secret;
  }
}

function opened({ purpose, n, material, secret_id: id }: KeyRow, secrets: readonly PortalSecret[]): Generation | undefined {
  const secret = secrets.find((one) => one.id === id);
  return secret && { n, key: secret.unwrap(purpose, n, material) };
}

function firstOf<T>(generations: readonly Generation[], open: (key: Buffer) => T): T {
  const [{ key } = { key: undefined }, ...older] = generations;
  if (!key) throw new Error('it was sealed under none of the portal’s keys');
  try {
    return open(key);
  } catch (error) {
    if (older.length === 0) throw error;
    return firstOf(older, open);
  }
}
