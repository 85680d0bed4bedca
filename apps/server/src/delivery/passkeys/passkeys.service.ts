import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { createHmac } from 'node:crypto';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { gatherForRelease, type GatheredFacts } from '../../grants/access-facts.js';
import { GateService } from '../../grants/gate.service.js';
import { gatherForPasskey } from '../../grants/passkey-facts.js';
import type { HolderActor } from '../../http/actor.js';
import { hashSecret } from '../../http/keys.js';
import { Runtime } from '../../http/runtime.js';
import { EventLog } from '../../ledger/event-log.js';

const SECRET_BYTES = 24;
/** Long enough for a client that has the old one to be given the new .torrent. */
const GRACE_HOURS = 24;

type Triple = Pick<GatheredFacts, 'grant' | 'release'> & { holder: string };

/** The live one, or a new one under a key that is not ended meanwhile. */
const ISSUE = `
  WITH made AS (
    INSERT INTO passkey (id, grant_id, holder_id, release_id, secret_hash, key_n)
    SELECT $1, $2, $3, $4, $5, n FROM (SELECT n FROM portal_key WHERE purpose = 'passkeys' AND n = $6 FOR KEY SHARE) k
    ON CONFLICT (grant_id, holder_id, release_id) WHERE valid_until IS NULL DO NOTHING RETURNING id, key_n AS n)
  SELECT id, n FROM made UNION ALL
  SELECT id, key_n FROM passkey WHERE grant_id = $2 AND holder_id = $3 AND release_id = $4 AND valid_until IS NULL LIMIT 1`;

/**
 * Passkeys: one live one for each grant, holder and release. The secret is derived from the row's id, so that the same
 * .torrent can be handed out again while the database holds nothing but a hash.
 */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly database: DataSource,
    private readonly gate: GateService,
    private readonly events: EventLog,
    private readonly runtime: Runtime,
  ) {}

  /** The live passkey of somebody whom the gate admits. One that no longer works, as after rejoining an organization, gives way to a new one. */
  async live(triple: Triple): Promise<string> {
    const secret = await this.issue(this.database.manager, triple);
    const facts = await gatherForPasskey(this.database, hashSecret(secret));
    if (!facts || facts.facts.holderUntil > facts.now) return secret;
    return this.database.transaction(async (tx) => {
      await this.end(tx, triple, 0);
      return this.issue(tx, triple);
    });
  }

  /**
   * A new passkey in place of the live one, which works on for a grace period; after a leak none of the old ones does.
   * @returns when the last of the old ones ends
   */
  async rotate(actor: HolderActor, grant: string, { release, immediately }: { release: string; immediately: boolean }): Promise<Date> {
    const gathered = await gatherForRelease(this.database, actor, grant, release);
    const own = gathered?.licensee && gathered.holder && gathered.facts.holderUntil >= gathered.now;
    if (!own || (actor.licensee !== null && actor.licensee !== gathered.licensee))
      throw new Refusal('not-found', 'You have no such grant, or it opens no such release.');
    this.gate.refuse(gathered, 'torrent');
    const triple = { ...gathered, holder: gathered.holder! };
    const hours = immediately ? 0 : GRACE_HOURS;
    return this.database.transaction(async (tx) => {
      await this.end(tx, triple, hours);
      await this.issue(tx, triple);
      const detail = { release: gathered.release, immediately };
      await this.events.append(
        actor,
        { kind: 'passkey-rotated', subject: gathered.grant, model: gathered.model, holder: gathered.holder, detail },
        tx,
      );
      return new Date(gathered.now + hours * 3_600_000);
    });
  }

  private async end(tx: EntityManager, { grant, holder, release }: Triple, hours: number): Promise<void> {
    await tx.query(
      `UPDATE passkey SET valid_until = least(valid_until, clock_timestamp() + $4 * interval '1 hour')
       WHERE grant_id = $1 AND holder_id = $2 AND release_id = $3 AND coalesce(valid_until, 'infinity') > clock_timestamp()`,
      [grant, holder, release, hours],
    );
  }

  private async issue(tx: EntityManager, { grant, holder, release }: Triple): Promise<string> {
    const id = uuidv7();
    const { n, key } = this.runtime.keys.current('passkeys');
    const [row] = await tx.query<{ id: string; n: number }[]>(ISSUE, [id, grant, holder, release, hashSecret(secretOf(key, id)), n]);
    if (row) return secretOf((await this.runtime.keys.generation('passkeys', row.n)).key, row.id);
    // Two at once: the other's row is not seen by this statement's snapshot, but by the next. Or the key was ended meanwhile.
    await this.runtime.keys.refresh();
    return this.issue(tx, { grant, holder, release });
  }
}

function secretOf(key: Buffer, id: string): string {
  return createHmac('sha256', key).update(id).digest().subarray(0, SECRET_BYTES).toString('base64url');
}
