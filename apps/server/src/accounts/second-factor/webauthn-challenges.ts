import { Injectable } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { randomBytes } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { hashSecret } from '../../http/keys.js';

export type ChallengePurpose = 'register' | 'second-factor' | 'sign-in';

const MINUTES = 5;

/** What passkeys sign: each challenge is for one purpose and one session, and good once. */
@Injectable()
export class WebauthnChallenges {
  async issue(tx: EntityManager | DataSource, purpose: ChallengePurpose, session: string | null): Promise<string> {
    const challenge = randomBytes(32).toString('base64url');
    await tx.query(
      'INSERT INTO webauthn_challenge (challenge_hash, purpose, session_id, expires_at) VALUES ($1, $2, $3, now() + make_interval(mins => $4))',
      [hashSecret(challenge), purpose, session, MINUTES],
    );
    return challenge;
  }

  /**
   * Uses up the challenge that the client data names, and returns it. It stays used whatever comes of the rest, so this
   * runs outside the transaction of what it proves.
   */
  async redeem(database: DataSource, purpose: ChallengePurpose, session: string | null, clientDataJSON: string): Promise<string> {
    const challenge = challengeIn(clientDataJSON);
    const [rows] = await database.query<[unknown[], number]>(
      `DELETE FROM webauthn_challenge WHERE challenge_hash = $1 AND purpose = $2 AND session_id IS NOT DISTINCT FROM $3 AND expires_at > now() RETURNING purpose`,
      [hashSecret(challenge), purpose, session],
    );
    if (rows.length === 0)
      throw new Refusal(
        purpose === 'register' ? 'passkey-invalid' : 'bad-second-factor',
        'Its challenge was used, has expired, or is not ours.',
      );
    return challenge;
  }
}

function challengeIn(clientDataJSON: string): string {
  try {
    const { challenge } = JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString('utf8')) as { challenge?: unknown };
    return String(challenge);
  } catch {
    return '';
  }
}
