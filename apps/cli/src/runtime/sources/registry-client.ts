import * as z from 'zod';
import { CliFailure, EXIT } from '../../cli-failure.js';
import { reasonOf } from '../../portal/portal-failures.js';
import type { RegistryReference } from './registry-reference.js';

const TokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() });
const LONGEST_ANSWER_MS = 60_000;

/** The source did not answer, in a way that may pass. */
export class SourceUnreachable extends CliFailure {
  constructor(origin: string, reason: string) {
    super('source-unreachable', `${origin}: ${reason}`, 'Run the same command again: it continues where it stopped.', EXIT.network);
  }
}

/** Reads one repository of a registry (OCI Distribution 1.1), by token where it asks for one. */
export class RegistryClient {
  private authorization: string | undefined;

  constructor(
    private readonly at: RegistryReference,
    private readonly credentials: { user: string; password: string } | undefined,
  ) {}

  /** `path` is below the repository. Answers of 404 are given back, other refusals thrown. */
  async get(path: string, headers: Record<string, string>): Promise<Response> {
    const url = `${this.at.origin}/v2/${this.at.repository}/${path}`;
    let response = await this.fetch(url, headers);
    if (response.status === 401) {
      this.authorization = await this.authorize(response.headers.get('www-authenticate') ?? '');
      await response.body?.cancel();
      response = await this.fetch(url, headers);
    }
    if (response.ok || response.status === 404) return response;
    const detail = `${this.at.origin} answered ${response.status} to ${path}`;
    await response.body?.cancel();
    if (response.status >= 500 || response.status === 429) throw new SourceUnreachable(this.at.origin, `it answered ${response.status}`);
    throw new CliFailure(
      'source-refused',
      detail,
      'Put its user and password into PADDOCK_SOURCE_USER and PADDOCK_SOURCE_PASSWORD.',
      EXIT.refusedHere,
    );
  }

  /** Redirects to another host are followed without the token: fetch() takes it away. */
  private async fetch(url: string, headers: Record<string, string>): Promise<Response> {
    try {
      return await fetch(url, { headers: { ...headers, ...(this.authorization && { authorization: this.authorization }) } });
    } catch (error) {
      throw new SourceUnreachable(this.at.origin, reasonOf(error));
    }
  }

  private async authorize(challenge: string): Promise<string> {
    const basic = this.credentials && `Basic ${Buffer.from(`${this.credentials.user}:${this.credentials.password}`).toString('base64')}`;
    if (/^basic\b/i.test(challenge) && basic) return basic;
    const fields = new Map(Array.from(challenge.matchAll(/(\w+)="([^"]*)"/g), ([, key, value]) => [key, value]));
    const realm = URL.parse(fields.get('realm') ?? '');
    if (!realm || !/^https?:$/.test(realm.protocol))
      throw new SourceUnreachable(this.at.origin, 'it asks for a sign-in of an unknown kind');
    const service = fields.get('service');
    if (service) realm.searchParams.set('service', service);
    realm.searchParams.set('scope', `repository:${this.at.repository}:pull`);
    const response = await fetch(realm, {
      ...(basic && { headers: { authorization: basic } }),
      signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
    }).catch((error: unknown) => {
      throw new SourceUnreachable(realm.origin, reasonOf(error));
    });
    const answer = TokenAnswer.safeParse(response.ok ? await response.json().catch(() => undefined) : undefined);
    const token = answer.data?.token ?? answer.data?.access_token;
    if (token) return `Bearer ${token}`;
    throw new CliFailure(
      'source-refused',
      `${realm.origin} gave no token (${response.status})`,
      'Check PADDOCK_SOURCE_USER and PADDOCK_SOURCE_PASSWORD.',
      EXIT.refusedHere,
    );
  }
}
