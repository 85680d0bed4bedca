import { Injectable } from '@nestjs/common';
import type { AssertedCredential, AttestedCredential, RegisterPasskey } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidv7 } from 'uuid';
import { isConflict } from '../../database/failure.js';
import type { PersonActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { WebauthnChallenges } from './webauthn-challenges.js';

const MOST_PER_ACCOUNT = 20;

interface CredentialRow {
  id: string;
  account_id: string;
  credential_id: string;
  public_key: Buffer;
  counter: string;
  transports: string[];
}

/** An assertion that was found true; the rest is for whoever asked for it to judge. */
export interface ProvedPasskey {
  account: string;
  /** The authenticator made sure of its user, by PIN or fingerprint. */
  userVerified: boolean;
}

/** Passkeys of people (WebAuthn Level 3). They belong to this portal's host name: another origin gets no valid signature. */
@Injectable()
export class PasskeysService {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly challenges: WebauthnChallenges,
  ) {}

  async registrationOptions(actor: PersonActor) {
    const [person] = await this.database.query<{ email: string; name: string }[]>('SELECT email, name FROM person WHERE account_id = $1', [
      actor.account,
    ]);
    const known = await this.credentialsOf(this.database.manager, actor.account);
    if (known.length >= MOST_PER_ACCOUNT) throw new Refusal('factor-exists', `An account has at most ${MOST_PER_ACCOUNT} passkeys.`);
    return generateRegistrationOptions({
      rpName: 'Paddock',
      rpID: this.rpId,
      userID: new Uint8Array(Buffer.from(actor.account)),
      userName: person!.email,
      userDisplayName: person!.name,
      challenge: bytesOf(await this.challenges.issue(this.database, 'register', actor.session!.id)),
      attestationType: 'none',
      authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
      excludeCredentials: known.map(described),
    });
  }

  /** The new passkey, verified; `add` keeps it. */
  async verifyNew(actor: PersonActor, response: AttestedCredential) {
    const challenge = await this.challenges.redeem(this.database, 'register', actor.session!.id, response.response.clientDataJSON);
    const verified = await verifyRegistrationResponse({
      response: response as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: this.runtime.publicUrl,
      expectedRPID: this.rpId,
      requireUserVerification: false,
    }).catch(refuseAs('passkey-invalid'));
    if (!verified.verified) throw new Refusal('passkey-invalid', 'Its attestation does not hold.');
    return verified.registrationInfo.credential;
  }

  /** Returns the factor's id. */
  async add(tx: EntityManager, account: string, { name, response }: RegisterPasskey, credential: NewCredential): Promise<string> {
    const id = uuidv7();
    try {
      await tx.query(
        'INSERT INTO webauthn_credential (id, account_id, credential_id, public_key, counter, transports, name) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [id, account, credential.id, Buffer.from(credential.publicKey), credential.counter, response.response.transports ?? [], name],
      );
    } catch (error) {
      if (isConflict(error, 'webauthn_credential_id')) throw new Refusal('passkey-invalid', 'This passkey is known already.');
      throw error;
    }
    return id;
  }

  /** What has to be signed: as second factor by one of the account's passkeys, to sign in by any that the device has. */
  async assertionOptions(pending: { id: string; account: string } | null) {
    const known = pending ? await this.credentialsOf(this.database.manager, pending.account) : [];
    if (pending && known.length === 0) throw new Refusal('factor-missing', 'This account has no passkey.');
    return generateAuthenticationOptions({
      rpID: this.rpId,
      challenge: bytesOf(await this.challenges.issue(this.database, pending ? 'second-factor' : 'sign-in', pending?.id ?? null)),
      userVerification: pending ? 'preferred' : 'required',
      ...(pending && { allowCredentials: known.map(described) }),
    });
  }

  /** Whose passkey signed. For a pending session it is its account's own, or it is refused. */
  async prove(pending: { id: string; account: string } | null, response: AssertedCredential): Promise<ProvedPasskey> {
    const purpose = pending ? 'second-factor' : 'sign-in';
    const expectedChallenge = await this.challenges.redeem(this.database, purpose, pending?.id ?? null, response.response.clientDataJSON);
    const [row] = await this.database.query<CredentialRow[]>(
      `SELECT c.* FROM webauthn_credential c JOIN account a ON a.id = c.account_id
       WHERE c.credential_id = $1 AND ($2::uuid IS NULL OR c.account_id = $2) AND a.erased_at IS NULL`,
      [response.id, pending?.account ?? null],
    );
    if (!row) throw new Refusal('bad-second-factor', 'This passkey is not known here.');
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: response as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge,
      expectedOrigin: this.runtime.publicUrl,
      expectedRPID: this.rpId,
      requireUserVerification: pending === null,
      credential: { id: row.credential_id, publicKey: new Uint8Array(row.public_key), counter: Number(row.counter) },
    }).catch(refuseAs('bad-second-factor'));
    if (!verified) throw new Refusal('bad-second-factor', 'The signature does not hold.');
    await this.advance(row, authenticationInfo.newCounter);
    return { account: row.account_id, userVerified: authenticationInfo.userVerified };
  }

  /** A counter that does not grow is the sign of a copied authenticator; those without a counter stay at 0. */
  private async advance({ id }: CredentialRow, counter: number): Promise<void> {
    const [, changed] = await this.database.query<[unknown[], number]>(
      'UPDATE webauthn_credential SET counter = $2, last_used_at = now() WHERE id = $1 AND (counter < $2 OR (counter = 0 AND $2 = 0))',
      [id, counter],
    );
    if (changed === 0) throw new Refusal('bad-second-factor', 'The signature counter of this passkey was seen before.');
  }

  private credentialsOf(tx: EntityManager, account: string): Promise<CredentialRow[]> {
    return tx.query<CredentialRow[]>('SELECT * FROM webauthn_credential WHERE account_id = $1', [account]);
  }

  private get rpId(): string {
    return new URL(this.runtime.publicUrl).hostname;
  }
}

type NewCredential = Awaited<ReturnType<PasskeysService['verifyNew']>>;

const described = ({ credential_id: id, transports }: CredentialRow) => ({ id, transports });

/** As the library takes a challenge that it is not to encode again. */
const bytesOf = (challenge: string) => new Uint8Array(Buffer.from(challenge, 'base64url'));

/** The library throws plain errors for whatever does not hold: all of them are about what the sender sent. */
function refuseAs(code: 'passkey-invalid' | 'bad-second-factor') {
  return (error: unknown): never => {
    throw new Refusal(code, (error as Error).message.slice(0, 300));
  };
}
