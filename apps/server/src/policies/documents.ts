import { sha256Hex } from '@paddock/ledger';
import type { EntityManager } from 'typeorm';

/** Keeps the bytes under their digest and returns it; the same bytes are kept once. */
export async function keepDocument(tx: EntityManager, mediaType: string, bytes: Buffer): Promise<string> {
  const sha256 = sha256Hex(bytes);
  await tx.query('INSERT INTO document (sha256, media_type, bytes) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING', [sha256, mediaType, bytes]);
  return sha256;
}
