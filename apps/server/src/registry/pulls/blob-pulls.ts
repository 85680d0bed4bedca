import { Injectable } from '@nestjs/common';
import type { RegistryRequest } from '@paddock/delivery';
import { Refusal } from '@paddock/domain';
import type { FastifyRequest } from 'fastify';
import { fileRequestOf } from '../../delivery/file-request.js';
import { BlobAnswers, type BlobAnswer } from './blob-answers.js';
import { BlobsService } from './blobs.service.js';
import { PullLedger, type Pull } from './pull-ledger.js';
import type { RegistryCaller } from './registry-callers.js';
import { Repositories } from './repositories.js';

/** One request for a blob, from its name to what is answered; refusals of known callers are events. */
@Injectable()
export class BlobPulls {
  constructor(
    private readonly repositories: Repositories,
    private readonly blobs: BlobsService,
    private readonly answers: BlobAnswers,
    private readonly ledger: PullLedger,
  ) {}

  async answer(
    caller: RegistryCaller,
    { repository: name, digest }: Extract<RegistryRequest, { kind: 'blob' }>,
    request: FastifyRequest,
  ): Promise<BlobAnswer> {
    const repository = await this.repositories.find(name);
    const pull: Pull = { caller, requestId: request.id, repository: repository.path, digest, path: null };
    try {
      const { blob, admission } = await this.blobs.find(caller, repository, digest);
      return await this.answers.of({ pull: { ...pull, path: blob.path }, name, ...fileRequestOf(request) }, blob, admission);
    } catch (error) {
      const model = repository.kind === 'model' ? repository.id : null;
      if (error instanceof Refusal && error.code !== 'bad-range') await this.ledger.refused(pull, model, error);
      throw error;
    }
  }
}
