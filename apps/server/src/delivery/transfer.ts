import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
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
export class Transfer implements OnApplicationShutdown {
  private readonly running = new Set<Promise<void>>();

  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly gate: GateService,
    private readonly links: LinkLedger,
  ) {}

  async send(actor: Actor, link: string, download: Download, reply: FastifyReply): Promise<void> {
    const transfer = this.transfer(actor, link, download, reply);
    this.running.add(transfer);
    try {
      await transfer;
    } finally {
      this.running.delete(transfer);
    }
  }

  private async transfer(actor: Actor, link: string, download: Download, reply: FastifyReply): Promise<void> {
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
      if (span && wanted > 0)
        bytes = await this.runtime.store.send(storageKey, raw, {
          range: span,
          signal: AbortSignal.any([cut.signal, this.runtime.closing]),
        });
    } catch (error) {
      failure = error;
    } finally {
      clearInterval(watch);
    }
    if (bytes === wanted) raw.end();
    // Reset, not closed: the system would go on to send a slow reader the megabytes that it holds for them.
    else raw.socket?.resetAndDestroy();
    await this.finish(actor, link, download, { bytes, wanted, revoked: cut.signal.aborted, failure });
  }

  /** The connections are gone by then; what became of the downloads is yet to be recorded. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.running);
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

  private async finish(
    actor: Actor,
    link: string,
    { gathered }: Download,
    end: { bytes: number; wanted: number; revoked: boolean; failure: unknown },
  ): Promise<void> {
    this.runtime.metrics.bytes.inc({ channel: 'link' }, end.bytes);
    if (end.failure) this.runtime.logger.error({ error: end.failure, requestId: actor.requestId }, 'a transfer failed');
    const outcome = this.outcome(end);
    try {
      await this.links.release(link, gathered, end.wanted - end.bytes);
      await this.links.record(actor, 'download-ended', link, gathered, { path: gathered.artifact.path, bytes: end.bytes, outcome });
    } catch (error) {
      // The answer is gone already; only the log can be told.
      this.runtime.logger.error({ error, requestId: actor.requestId }, 'the end of a transfer could not be recorded');
    }
  }

  private outcome(end: { bytes: number; wanted: number; revoked: boolean; failure: unknown }): string {
    if (end.revoked) return 'cut';
    if (end.bytes === end.wanted) return 'complete';
    if (end.failure instanceof AdapterFailure) return 'store-failed';
    return this.runtime.closing.aborted ? 'stopped' : 'broken-off';
  }
}
