import { Injectable } from '@nestjs/common';
import { readAuthorization, readRegistryToken, signRegistryToken } from '@paddock/delivery';
import { Refusal } from '@paddock/domain';
import { IdentityService } from '../../accounts/identity/identity.service.js';
import { BELIEVED_MS, BelievedAnswers } from '../../database/believed-answers.js';
import type { Puller } from '../../grants/pull-facts.js';
import { hashSecret } from '../../http/keys.js';
import { Runtime } from '../../http/runtime.js';

/** Whoever pulls, as far as it is proved. */
export interface RegistryCaller extends Puller {
  /** Of the access token that proves it; null for anyone. */
  tokenHash: Buffer | null;
}

const ANYONE: RegistryCaller = { account: null, seat: null, licensee: null, tokenHash: null };
/** Clients get another by themselves; what an access token may no longer do, neither may what came of it. */
const TOKEN_SECONDS = 300;

/** Who sends a registry request: by a registry token, or by an access token itself, as Bearer or as Basic's password. */
@Injectable()
export class RegistryCallers {
  private readonly known = new BelievedAnswers<RegistryCaller>();

  constructor(
    private readonly identities: IdentityService,
    private readonly runtime: Runtime,
  ) {}

  /** @throws Refusal */
  async of(authorization: string | undefined): Promise<RegistryCaller> {
    const read = readAuthorization(authorization);
    // A signature by a key that nobody registered here (Ollama sends one) proves nobody.
    if (read.kind === 'none' || read.kind === 'other') return ANYONE;
    if (read.kind === 'basic') return this.byTokenHash(hashSecret(read.password));
    const token = await this.readToken(read.token);
    if (!token) return this.byTokenHash(hashSecret(read.token));
    if (token.expiresAt * 1000 <= this.runtime.now().getTime())
      throw new Refusal('unauthenticated', 'This registry token has expired; get another with the access token.');
    return token.tokenHash === null ? ANYONE : this.byTokenHash(token.tokenHash);
  }

  /** The same caller, where their access token is still good. */
  again({ tokenHash }: RegistryCaller, believedMs: number): Promise<RegistryCaller> {
    return tokenHash === null ? Promise.resolve(ANYONE) : this.byTokenHash(tokenHash, believedMs);
  }

  token({ tokenHash }: RegistryCaller): { token: string; expiresIn: number; issuedAt: Date } {
    const issuedAt = this.runtime.now();
    const expiresAt = Math.floor(issuedAt.getTime() / 1000) + TOKEN_SECONDS;
    return {
      token: signRegistryToken(this.runtime.keys.current('registry-tokens').key, { tokenHash, expiresAt }),
      expiresIn: TOKEN_SECONDS,
      issuedAt,
    };
  }

  /** Access tokens come here too, so that nothing is read again for what no key signed: clients ask for another registry token. */
  private async readToken(token: string) {
    await this.runtime.keys.fresh();
    for (const { key } of this.runtime.keys.all('registry-tokens')) {
      const read = readRegistryToken(key, token);
      if (read) return read;
    }
    return undefined;
  }

  private async byTokenHash(hash: Buffer, believedMs = BELIEVED_MS): Promise<RegistryCaller> {
    const { answer } = await this.known.of(hash.toString('base64'), believedMs, () => this.identify(hash));
    return answer;
  }

  private async identify(tokenHash: Buffer): Promise<RegistryCaller> {
    const { account, seat, licensee, scopes } = await this.identities.byTokenHash(tokenHash);
    if (!scopes.includes('download')) throw new Refusal('scope-missing', 'Pulling needs an access token with the scope `download`.');
    return { account, seat, licensee, tokenHash };
  }
}
