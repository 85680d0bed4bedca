import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What witnesses signed: one line for a checkpoint and a witness's key. */
@Injectable()
export class CosignatureRows {
  constructor(private readonly database: DataSource) {}

  async has(size: bigint, vkey: string): Promise<boolean> {
    const rows = await this.database.query<unknown[]>('SELECT 1 FROM cosignature WHERE size = $1 AND vkey = $2', [String(size), vkey]);
    return rows.length > 0;
  }

  /** Another process may have got one too: either will do. */
  async write(size: bigint, vkey: string, line: string): Promise<void> {
    await this.database.query('INSERT INTO cosignature (size, vkey, line) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [
      String(size),
      vkey,
      line,
    ]);
  }
}
