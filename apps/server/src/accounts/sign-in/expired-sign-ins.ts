import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Sweeps } from '../../jobs/sweeps.js';

const TABLES = ['oidc_attempt', 'identity_ticket', 'webauthn_challenge', 'session'] as const;

/** Sign-ins that nobody finished, and sessions past their end, are forgotten a minute later. */
@Injectable()
export class ExpiredSignIns implements OnApplicationBootstrap {
  constructor(
    private readonly database: DataSource,
    private readonly sweeps: Sweeps,
  ) {}

  onApplicationBootstrap(): void {
    this.sweeps.add({ name: 'expired-sign-ins', everyMs: 60_000, run: () => this.forget() });
  }

  private async forget(): Promise<number> {
    let forgotten = 0;
    for (const table of TABLES) {
      const [, rows] = await this.database.query<[unknown[], number]>(`DELETE FROM ${table} WHERE expires_at < now()`);
      forgotten += rows;
    }
    return forgotten;
  }
}
