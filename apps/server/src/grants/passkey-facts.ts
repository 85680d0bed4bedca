import type { DataSource } from 'typeorm';
import { AskedTogether } from '../database/asked-together.js';
import { prepared } from '../database/prepared.js';
import { FACT_COLUMNS, factJoins, factsOf, inTurn, MOST_AT_ONCE, type GatheredFacts, type Row } from './access-facts.js';
import { judgePrerequisites } from './asked-prerequisites.js';

const BY_PASSKEY = `
  SELECT asked.turn::int4, ${FACT_COLUMNS}, 'gated' AS "artifactAccess", p.id AS passkey, encode(p.secret_hash, 'hex') AS "secretHash", extract(epoch FROM p.valid_until)::float8 * 1000 AS "validUntil",
    t.name AS "torrentName", t.piece_length AS "pieceLength", encode(t.info_hash_v1, 'hex') AS "infoHashV1", encode(substr(t.info_hash_v2, 1, 20), 'hex') AS "infoHashV2", encode(t.info_hash_aria2, 'hex') AS "infoHashAria2"
  FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (hash, turn)
  JOIN passkey p ON p.secret_hash = asked.hash JOIN access_grant g ON g.id = p.grant_id JOIN release r ON r.id = p.release_id JOIN torrent t ON t.release_id = r.id
  ${factJoins('h.id = p.holder_id', 'AND m.valid_from <= p.created_at')}`;

/** What the gate judges of a passkey, and the torrent that it opens. Hashes are those of the wire: 40 hexadecimal digits. */
export interface PasskeyFacts extends GatheredFacts {
  passkey: string;
  /** 64 hexadecimal digits: what stands for the passkey wherever it is kept. */
  secretHash: string;
  /** When a rotated one ends; null for the live one. Milliseconds. */
  validUntil: number | null;
  torrentName: string;
  pieceLength: number;
  infoHashV1: string;
  infoHashV2: string;
  infoHashAria2: string;
}

const questionsOf = new WeakMap<DataSource, AskedTogether<Buffer, PasskeyFacts | undefined>>();

/** undefined where there is no passkey of this hash. */
export function gatherForPasskey(database: DataSource, secretHash: Buffer): Promise<PasskeyFacts | undefined> {
  let questions = questionsOf.get(database);
  if (!questions) questionsOf.set(database, (questions = questionsOn(database)));
  return questions.ask(secretHash);
}

function questionsOn(database: DataSource): AskedTogether<Buffer, PasskeyFacts | undefined> {
  return new AskedTogether(async (hashes) => {
    const rows = await prepared<Row<PasskeyFacts>>(database, 'facts-by-passkey', BY_PASSKEY, [hashes]);
    return judgePrerequisites(database, inTurn(hashes.length, rows, passkeyFacts));
  }, MOST_AT_ONCE);
}

function passkeyFacts({ turn: _, ...row }: Row<PasskeyFacts>): PasskeyFacts {
  return { ...row, facts: factsOf(row), prerequisites: [] };
}
