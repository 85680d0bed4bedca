import { Injectable } from '@nestjs/common';
import { AdapterFailure } from '@paddock/domain';
import type { FastifyReply } from 'fastify';
import { setTimeout as delay } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { gatherForLink } from '../grants/access-facts.js';
import { GateService } from '../grants/gate.service.js';
import type { Actor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import type { Download } from './download.service.js';
import { LinkLedger } from './link-ledger.js';

/** Asked each half second and given another half to answer: together the second that the design allows. */
const ASK_AGAIN_MS = 500;

/** Sends a file's bytes from the store to one client, and asks the gate again while it does. */
@Injectable()
export class Transfer {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly gate: GateService,
    private readonly links: LinkLedger,
  ) {}

  async send(actor: Actor, link: string, download: Download, reply: FastifyReply): Promise<void> {
    const { gathered, headers, span } = download;
    const { path, storageKey } = gathered.artifact;
    const wanted = span ? span.last - span.first + 1 : 0;
    await this.links.reserve(actor, link, gathered, wanted);
    await this.links.record(actor, 'download-started', link, gathered, { path, first: span?.first ?? 0, bytes: wanted });

    reply.hijack();
    const { raw } = reply;
    raw.writeHead(download.status, { ...(reply.getHeaders() as Record<string, string>), ...headers });
    const cut = new AbortController();
    const watch = this.watch(link, path, cut);
    let bytes = 0;
    let failure: unknown;
    try {
      if (span && wanted > 0) bytes = await this.runtime.store.send(storageKey, raw, { range: span, signal: AbortSignal.any([cut.signal, this.runtime.closing]) });
    } catch (error) {
      failure = error;
    } finally {
      clearInterval(watch);
    }
    if (bytes === wanted) raw.end();
    else raw.destroy();
    await this.finish(actor, link, download, { bytes, wanted, revoked: cut.signal.aborted, failure });
  }

  /** No decision outlives a revocation by more than a second: a stream whose grant ends is cut. */
  private watch(link: string, path: string, cut: AbortController): NodeJS.Timeout {
    let asking = false;
    return setInterval(() => {
      if (asking) return;
      asking = true;
      void this.stillAllowed(link, path).then((allowed) => {
        asking = false;
        if (!allowed) cut.abort();
        return allowed;
      });
    }, ASK_AGAIN_MS);
  }

  /** A database that does not answer within the time has not said yes. */
  private async stillAllowed(link: string, path: string): Promise<boolean> {
    const late = delay(ASK_AGAIN_MS, undefined, { ref: false });
    try {
      const gathered = await Promise.race([gatherForLink(this.database, link, path), late]);
      return gathered !== undefined && !gathered.linkRevoked && this.gate.allows(gathered, 'link');
    } catch {
      return false;
    }
  }

  private async finish(actor: Actor, link: string, { gathered }: Download, end: { bytes: number; wanted: number; revoked: boolean; failure: unknown }): Promise<void> {
    this.runtime.metrics.bytes.inc({ channel: 'link' }, end.bytes);
    if (end.failure) this.runtime.logger.error({ error: end.failure, requestId: actor.requestId }, 'a transfer failed');
    const outcome = end.revoked ? 'cut' : end.bytes === end.wanted ? 'complete' : end.failure instanceof AdapterFailure ? 'store-failed' : 'broken-off';
    try {
      await this.links.release(link, gathered, end.wanted - end.bytes);
      await this.links.record(actor, 'download-ended', link, gathered, { path: gathered.artifact.path, bytes: end.bytes, outcome });
    } catch (error) {
      // The answer is gone already; only the log can be told.
      this.runtime.logger.error({ error, requestId: actor.requestId }, 'the end of a transfer could not be recorded');
    }
  }
}
