import { Injectable } from '@nestjs/common';
import { parseVerifierKey, type VerifiedCheckpoint, type VerifierKey } from '@paddock/ledger';
import type { ClientBase } from 'pg';
import { Runtime } from '../../http/runtime.js';
import { LogHalt } from '../log/log-halt.js';
import type { LogKeys } from '../log/log-keys.js';
import { checkpointOfSize, type CheckpointRow } from '../log/log-rows.js';
import type { WitnessClient } from './witness-client.js';
import { WitnessClients } from './witness-clients.js';

/**
 * Before a process signs its first checkpoint it looks at what witnesses have seen: database and store may both have come
 * from an older backup. A witness's word alone stops nothing; a checkpoint with the log's own signature does.
 */
@Injectable()
export class WitnessedPast {
  private compared = false;

  constructor(
    private readonly clients: WitnessClients,
    private readonly runtime: Runtime,
  ) {}

  /** Throws LogHalt where a witness holds what this database could contradict. One that does not answer is passed over. */
  async refuseLater(session: ClientBase, head: CheckpointRow, { origin, signers }: LogKeys): Promise<void> {
    if (this.compared) return;
    const { rows } = await session.query<{ vkey: string }>('SELECT vkey FROM ledger_key');
    const keys = [...signers.map(({ key }) => key), ...rows.map(({ vkey }) => parseVerifierKey(vkey))];
    const seen = await Promise.all(this.clients.all.map((client) => this.newestOf(client, origin, keys)));
    for (const checkpoint of seen) if (checkpoint) await refuseContradiction(session, head, checkpoint);
    this.compared = true;
  }

  private async newestOf(client: WitnessClient, origin: string, keys: VerifierKey[]): Promise<VerifiedCheckpoint | undefined> {
    try {
      return await client.newest(origin, keys);
    } catch (error) {
      this.runtime.logger.warn({ witness: client.witness.vkey.name, error }, 'a witness does not show what it has seen');
      return undefined;
    }
  }
}

async function refuseContradiction(session: ClientBase, head: CheckpointRow, { size, root }: VerifiedCheckpoint): Promise<void> {
  if (size > head.size) throw new LogHalt('witness-ahead', `the database ends at size ${head.size}, and a witness has seen ${size}`);
  const row = await checkpointOfSize(session, size);
  if (size > 0n && (!row || Buffer.compare(row.root, root) !== 0))
    throw new LogHalt('forked', `at size ${size} a witness has seen another root`);
}
