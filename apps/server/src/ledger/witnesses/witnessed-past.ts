import { Injectable } from '@nestjs/common';
import type { PoolClient } from 'pg';
import type { LogKeys } from '../log/log-keys.js';
import type { CheckpointRow } from '../log/log-rows.js';

/** placeholder until witnesses stand */
@Injectable()
export class WitnessedPast {
  async refuseLater(_session: PoolClient, _head: CheckpointRow, _keys: LogKeys): Promise<void> {}
}
