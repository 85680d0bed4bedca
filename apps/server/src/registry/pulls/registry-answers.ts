import { Injectable } from '@nestjs/common';
import { readAuthorization, type RegistryRequest } from '@paddock/delivery';
import { Refusal, OCI_INDEX } from '@paddock/domain';
import type { FastifyRequest } from 'fastify';
import { matches } from '../../delivery/links/download.service.js';
import type { BlobAnswer } from './blob-answers.js';
import { BlobPulls } from './blob-pulls.js';
import { Discovery } from './discovery.service.js';
import { ManifestsService } from './manifests.service.js';
import { RegistryCallers, type RegistryCaller } from './registry-callers.js';
import { unsupported } from './registry-refusals.js';
import { Repositories } from './repositories.js';

type Asked<Kind extends RegistryRequest['kind']> = Extract<RegistryRequest, { kind: Kind }>;
type Query = Record<string, string | undefined>;

/** Of what is given twice, the first counts. */
const queryOf = ({ query }: FastifyRequest): Query =>
  Object.fromEntries(Object.entries(query as Record<string, string | string[]>).map(([name, value]) => [name, [value].flat()[0]]));

/** What each address of the registry answers. */
@Injectable()
export class RegistryAnswers {
  constructor(
    private readonly callers: RegistryCallers,
    private readonly repositories: Repositories,
    private readonly manifests: ManifestsService,
    private readonly blobs: BlobPulls,
    private readonly discovery: Discovery,
  ) {}

  async to(asked: RegistryRequest, request: FastifyRequest): Promise<BlobAnswer> {
    const caller = await this.callers.of(request.headers.authorization);
    switch (asked.kind) {
      case 'base':
        return base(request);
      case 'token':
        return this.token(caller);
      case 'push':
        throw unsupported();
      case 'manifest':
        return this.manifest(caller, asked, request);
      case 'blob':
        return this.blobs.answer(caller, asked, request);
      case 'tags':
        return this.tags(caller, asked, queryOf(request));
      case 'referrers':
        return this.referrers(caller, asked, queryOf(request));
    }
  }

  private token(caller: RegistryCaller): BlobAnswer {
    const { token, expiresIn, issuedAt } = this.callers.token(caller);
    return json(JSON.stringify({ token, access_token: token, expires_in: expiresIn, issued_at: issuedAt.toISOString() }));
  }

  private async manifest(caller: RegistryCaller, asked: Asked<'manifest'>, { headers }: FastifyRequest): Promise<BlobAnswer> {
    const repository = await this.repositories.find(asked.repository);
    const hints = { accept: headers.accept, userAgent: headers['user-agent'] };
    const { digest, mediaType, body } = await this.manifests.find(caller, repository, asked.reference, hints);
    const etag = `"${digest}"`;
    const described = { 'content-type': mediaType, 'docker-content-digest': digest, etag, vary: 'accept, user-agent' };
    if (matches(headers['if-none-match'], etag)) return { kind: 'here', status: 304, headers: described, body: undefined };
    return { kind: 'here', status: 200, headers: { ...described, 'content-length': String(body.length) }, body };
  }

  private async tags(caller: RegistryCaller, asked: Asked<'tags'>, query: Query): Promise<BlobAnswer> {
    const repository = await this.repositories.find(asked.repository);
    const { body, link } = await this.discovery.tags(caller, repository, query);
    return json(body, link === undefined ? {} : { link });
  }

  private async referrers(caller: RegistryCaller, asked: Asked<'referrers'>, { artifactType }: Query): Promise<BlobAnswer> {
    const repository = await this.repositories.find(asked.repository);
    // A `+` that a client did not encode arrives as a space, of which a media type has none.
    const type = artifactType?.replaceAll(' ', '+');
    const body = await this.discovery.referrers(caller, repository, asked.digest, type);
    const filtered = artifactType === undefined ? undefined : { 'oci-filters-applied': 'artifactType' };
    return json(body, { 'content-type': OCI_INDEX, ...filtered });
  }
}

/** Clients find the token flow by the refusal of this address; a token of nobody in particular is one too. */
function base({ headers }: FastifyRequest): BlobAnswer {
  const { kind } = readAuthorization(headers.authorization);
  if (kind === 'none' || kind === 'other') throw new Refusal('unauthenticated', 'Get a token first; anyone may have one.');
  return json('{}');
}

function json(body: string, headers: Record<string, string> = {}): BlobAnswer {
  const bytes = Buffer.from(body);
  const described = { 'content-type': 'application/json', 'content-length': String(bytes.length), ...headers };
  return { kind: 'here', status: 200, headers: described, body: bytes };
}
