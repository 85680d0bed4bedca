import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A release as a torrent: what was hashed of its files as they arrived, and the metainfo that is made of it. */
export class Torrents1764000000025 implements MigrationInterface {
  name = 'Torrents1764000000025';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Of an upload under way; null for one that was begun before torrents were made.
      ALTER TABLE upload ADD COLUMN piece_length integer CHECK (piece_length > 0);

      CREATE TABLE artifact_pieces (
        -- No reference: a draft may give an artifact up, and these rows never change.
        artifact_id uuid NOT NULL,
        piece_length integer NOT NULL CHECK (piece_length > 0),
        sha1 bytea NOT NULL CHECK (length(sha1) % 20 = 0),
        sha1_padded bytea CHECK (length(sha1_padded) = 20),
        layer bytea NOT NULL CHECK (length(layer) % 32 = 0),
        root bytea CHECK (length(root) = 32),
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (artifact_id, piece_length)
      );

      CREATE TABLE torrent (
        release_id uuid PRIMARY KEY REFERENCES release,
        name text NOT NULL,
        piece_length integer NOT NULL CHECK (piece_length > 0),
        info bytea NOT NULL,
        piece_layers bytea NOT NULL,
        info_hash_v1 bytea NOT NULL UNIQUE CHECK (length(info_hash_v1) = 20),
        info_hash_v2 bytea NOT NULL UNIQUE CHECK (length(info_hash_v2) = 32),
        info_hash_aria2 bytea NOT NULL UNIQUE CHECK (length(info_hash_aria2) = 20),
        created_at timestamptz NOT NULL DEFAULT now()
      );
      -- On the wire a v2 hash is its first 20 bytes.
      CREATE UNIQUE INDEX torrent_wire_hash_v2 ON torrent (substr(info_hash_v2, 1, 20));
    `);
    for (const table of ['artifact_pieces', 'torrent']) {
      await runner.query(
        `CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse_change()`,
      );
    }
  }

  async down(): Promise<void> {
    throw new Error('Migrations are append-only.');
  }
}
