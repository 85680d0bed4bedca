import { Controller, Get, Header, Req } from '@nestjs/common';
import { Refusal } from '@paddock/domain';
import { formatVerifierKey, parseTilePath } from '@paddock/ledger';
import type { FastifyRequest } from 'fastify';
import { Allow } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { PublicLog } from './public-log.service.js';

const PREFIX = '/ledger/';
const NO_CHECKPOINT = 'The ledger has no checkpoint yet; the first follows within a second of the start.';

/** C2SP tlog-tiles below /ledger, open to all: leaves hold salted hashes alone. */
@Controller()
export class LogController {
  constructor(
    private readonly log: PublicLog,
    private readonly runtime: Runtime,
  ) {}

  @Get('ledger/checkpoint')
  @Header('content-type', 'text/plain; charset=utf-8')
  @Header('cache-control', 'public, max-age=1')
  @Allow('machine')
  async checkpoint() {
    const checkpoint = await this.log.checkpoint();
    if (!checkpoint) throw new Refusal('not-found', NO_CHECKPOINT);
    return this.log.cosigned(checkpoint);
  }

  /** Never another under the same name, so that it may be kept for ever. */
  @Get('ledger/tile/*')
  @Header('content-type', 'application/octet-stream')
  @Header('cache-control', 'public, max-age=31536000, immutable')
  @Allow('machine')
  async tile(@Req() request: FastifyRequest) {
    const tile = parseTilePath(request.url.split('?')[0]!.slice(PREFIX.length));
    const bytes = tile && (await this.log.tile(tile));
    if (!bytes) throw new Refusal('not-found', 'The ledger has no such tile under its newest checkpoint.');
    return Buffer.from(bytes);
  }

  @Get('.well-known/paddock-ledger-keys')
  @Header('cache-control', 'public, max-age=60')
  @Allow('machine')
  async keys() {
    const checkpoint = await this.log.checkpoint();
    if (!checkpoint) throw new Refusal('not-found', NO_CHECKPOINT);
    const witnesses = this.runtime.config.PADDOCK_LEDGER_WITNESSES.map(({ url, vkey }) => ({ url, vkey: formatVerifierKey(vkey) }));
    return { origin: checkpoint.origin, prefix: `${this.runtime.publicUrl}/ledger`, keys: await this.log.keys(), witnesses };
  }
}
