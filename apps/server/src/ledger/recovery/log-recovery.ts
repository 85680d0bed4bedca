import { GrowingLog, ProofFault } from '@paddock/ledger';
import { Client } from 'pg';
import type { Config } from '../../config.js';
import { configuredStore } from '../../configured-store.js';
import { inTransaction } from '../../database/session-lock.js';
import { ProgramRefusal, say } from '../../program.js';
import {
  checkpointOfSize,
  entriesBetween,
  newestCheckpoint,
  writeCheckpoint,
  writeIndexes,
  writeKeys,
  type CheckpointRow,
} from '../log/log-rows.js';
import { INTEGRATOR_LOCK } from '../log/log-writer.js';
import { TileStore } from '../log/tile-store.js';
import { knownOutside, STORE, type OutsideCheckpoint } from './known-outside.js';
import { RecoveredRows } from './recovered-rows.js';
import { storedEntries } from './stored-entries.js';

const BATCH = 8192n;

/** What a checkpoint outside says that the database cannot go on from. */
export interface Contradiction {
  reason: 'entries-lost' | 'forked';
  checkpoint: OutsideCheckpoint;
}

/** Where the log of a database stands against what others hold of it. Nobody else writes the log meanwhile. */
export class LogRecovery {
  private constructor(
    readonly session: Client,
    readonly tiles: TileStore,
    readonly config: Config,
  ) {}

  static async open(config: Config, url: string): Promise<LogRecovery> {
    const session = new Client({ connectionString: url });
    await session.connect();
    await session.query('SELECT pg_advisory_lock($1)', [INTEGRATOR_LOCK]);
    return new LogRecovery(session, new TileStore(configuredStore(config)), config);
  }

  async close(): Promise<void> {
    await this.session.end();
  }

  /** Takes from the store the entries that it has and the database lacks. `lost` says why that is not enough. */
  async rollForward(): Promise<{ added: bigint; lost: string | undefined }> {
    const head = await newestCheckpoint(this.session);
    const published = (await this.outside(head)).find(({ by }) => by === STORE);
    const missing = published && published.size > (head?.size ?? 0n) ? published : undefined;
    let fault: string | undefined;
    if (missing) fault = await this.addUpTo(head, missing);
    const added = missing && fault === undefined ? missing.size - (head?.size ?? 0n) : 0n;
    const contradiction = await this.contradiction();
    const lost = contradiction && sentence(contradiction);
    return { added, lost: fault === undefined ? lost : `${lost}; ${fault}` };
  }

  /** The largest checkpoint outside that the database cannot show. */
  async contradiction(): Promise<Contradiction | undefined> {
    const head = await newestCheckpoint(this.session);
    const contradictions: Contradiction[] = [];
    for (const checkpoint of await this.outside(head)) {
      if (checkpoint.size > (head?.size ?? 0n)) contradictions.push({ reason: 'entries-lost', checkpoint });
      else if (checkpoint.size > 0n && !(await this.holds(checkpoint))) contradictions.push({ reason: 'forked', checkpoint });
    }
    return contradictions.sort((one, other) => Number(other.checkpoint.size - one.checkpoint.size))[0];
  }

  /** The log as the database has it. Throws ProgramRefusal where its entries are not those that were signed. */
  async log(head: CheckpointRow | undefined): Promise<GrowingLog> {
    let log = GrowingLog.EMPTY;
    const size = head?.size ?? 0n;
    while (log.size < size) {
      const end = log.size + BATCH < size ? log.size + BATCH : size;
      log = log.append(await entriesBetween(this.session, log.size, end)).log;
    }
    if (!head || same(log.root(), head.root)) return log;
    const remedy = '`paddock ledger check` names the first of them. Restore another backup.';
    throw new ProgramRefusal('entries-changed', 'the entries of the database are not those that were signed', remedy);
  }

  private outside(head: CheckpointRow | undefined): Promise<OutsideCheckpoint[]> {
    return knownOutside(this, head, say);
  }

  private async holds({ size, root }: OutsideCheckpoint): Promise<boolean> {
    const row = await checkpointOfSize(this.session, size);
    return row !== undefined && same(row.root, root);
  }

  /** All of it or nothing; returns why nothing. */
  private async addUpTo(head: CheckpointRow | undefined, published: OutsideCheckpoint): Promise<string | undefined> {
    let log = await this.log(head);
    try {
      await inTransaction(this.session, async () => {
        const rows = await RecoveredRows.of(this.session);
        for await (const entries of storedEntries(this.tiles, log.size, published.size)) {
          await writeIndexes(this.session, log.size, await rows.idsOf(entries));
          log = log.append(entries).log;
        }
        if (!same(log.root(), published.root)) throw new ProofFault('The entries in the store do not go on from those of the database.');
        await writeKeys(this.session, published.signedBy);
        await writeCheckpoint(this.session, published);
      });
      return undefined;
    } catch (error) {
      await this.session.query('ROLLBACK');
      if (error instanceof ProofFault) return error.message;
      throw error;
    }
  }
}

function sentence({ reason, checkpoint: { by, size } }: Contradiction): string {
  return reason === 'forked'
    ? `${by} holds another log at size ${size}`
    : `${by} has seen ${size} entries, and the database does not have them all`;
}

export const same = (one: Uint8Array, other: Uint8Array) => Buffer.compare(one, other) === 0;
