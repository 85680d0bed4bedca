import type { FilePieces } from '@paddock/delivery';
import type { EntityManager } from 'typeorm';

/** With the artifact, or for one whose pieces were hashed of another length. */
export async function keepPieces(tx: EntityManager, artifact: string, pieces: FilePieces): Promise<void> {
  await tx.query(
    `INSERT INTO artifact_pieces (artifact_id, piece_length, sha1, sha1_padded, layer, root) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [artifact, pieces.pieceLength, pieces.sha1, pieces.sha1Padded, pieces.layer, pieces.root],
  );
}

export interface HashedArtifact {
  id: string;
  path: string;
  size: number;
  storageKey: string;
  /** null where the file has yet to be read for it. */
  pieces: FilePieces | null;
}

/** The files of a release, with what was hashed of them for pieces of this length. */
export async function hashedArtifacts(tx: EntityManager, release: string, pieceLength: number): Promise<HashedArtifact[]> {
  const rows = await tx.query<(Omit<HashedArtifact, 'pieces'> & { root: Buffer | null; layer: Buffer | null } & Partial<FilePieces>)[]>(
    `SELECT a.id, a.path, a.size::float8, a.storage_key AS "storageKey", p.sha1, p.sha1_padded AS "sha1Padded", p.layer, p.root
     FROM artifact a LEFT JOIN artifact_pieces p ON p.artifact_id = a.id AND p.piece_length = $2 WHERE a.release_id = $1`,
    [release, pieceLength],
  );
  return rows.map(({ id, path, size, storageKey, sha1, sha1Padded, layer, root }) => ({
    id,
    path,
    size,
    storageKey,
    pieces: sha1 && layer ? { pieceLength, sha1, sha1Padded: sha1Padded ?? null, layer, root } : null,
  }));
}
