import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { AdapterFailure, type Channel } from '@paddock/domain';
import type { ByteRange } from '@paddock/storage';
import type { FastifyReply } from 'fastify';
import { setTimeout as delay } from 'node:timers/promises';
import type { Actor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';

/** Asked each half second and given another half to answer: together the second that the design allows. */
const ASK_AGAIN_MS = 500;

/** An answer whose bytes come from the store. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  storageKey: string;
  /** Absent where no body is sent. */
  span?: ByteRange;
}

export type Outcome = 'complete' | 'cut' | 'store-failed' | 'stopped' | 'broken-off';

/** On whose behalf bytes are sent, and who is told what became of them. */
export interface Sending {
  channel: Channel;
  /** Before the first byte; a refusal sends none. */
  begin(wanted: number, first: number): Promise<void>;
  /** Told again and again how far it has come. */
  sent?(bytes: number): void;
  /** Asked again and again while bytes flow. */
  stillAllowed(): Promise<boolean>;
  end(end: { bytes: number; wanted: number; outcome: Outcome }): Promise<void>;
}

/** Sends a file's bytes from the store to one client, and asks the gate again while it does. */
@Injectable()
export class Transfer implements OnApplicationShutdown {
  private readonly running = new Set<Promise<void>>();

  constructor(private readonly runtime: Runtime) {}

  async send(actor: Pick<Actor, 'requestId'>, answer: Answer, sending: Sending, reply: FastifyReply): Promise<void> {
    const transfer = this.transfer(actor, answer, sending, reply);
    this.running.add(transfer);
    try {
      await transfer;
    } finally {
      this.running.delete(transfer);
    }
  }

  private async transfer(
    actor: Pick<Actor, 'requestId'>,
    { status, headers, storageKey, span }: Answer,
    sending: Sending,
    reply: FastifyReply,
  ): Promise<void> {
    const wanted = span ? span.last - span.first + 1 : 0;
    await sending.begin(wanted, span?.first ?? 0);

    reply.hijack();
    const { raw } = reply;
    const before = raw.socket?.bytesWritten ?? 0;
    raw.writeHead(status, { ...(reply.getHeaders() as Record<string, string>), ...headers });
    const cut = new AbortController();
    // Its few header bytes are counted too: it is for people to watch.
    const sent = () => Math.min(wanted, Math.max(0, (raw.socket?.bytesWritten ?? 0) - before));
    const watch = this.watch(sending, sent, cut);
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
    await this.finish(actor, sending, { bytes, wanted, revoked: cut.signal.aborted, failure });
  }

  /** The connections are gone by then; what became of the downloads is yet to be recorded. */
  async onApplicationShutdown(): Promise<void> {
    await Promise.allSettled(this.running);
  }

  /** No decision outlives a revocation by more than a second: a stream whose grant ends is cut. */
  private watch(sending: Sending, sent: () => number, cut: AbortController): NodeJS.Timeout {
    let asking = false;
    return setInterval(() => {
      sending.sent?.(sent());
      if (asking) return;
      asking = true;
      void this.stillAllowed(sending).then((allowed) => {
        asking = false;
        if (!allowed) cut.abort();
        return allowed;
      });
    }, ASK_AGAIN_MS);
  }

  /** A database that does not answer within the time has not said yes. */
  private async stillAllowed(sending: Sending): Promise<boolean> {
    const late = delay(ASK_AGAIN_MS, false, { ref: false });
    try {
      return await Promise.race([sending.stillAllowed(), late]);
    } catch {
      return false;
    }
  }

  private async finish(
    actor: Pick<Actor, 'requestId'>,
    sending: Sending,
    end: { bytes: number; wanted: number; revoked: boolean; failure: unknown },
  ): Promise<void> {
    this.runtime.metrics.bytes.inc({ channel: sending.channel }, end.bytes);
    if (end.failure) this.runtime.logger.error({ error: end.failure, requestId: actor.requestId }, 'a transfer failed');
    try {
      await sending.end({ bytes: end.bytes, wanted: end.wanted, outcome: this.outcome(end) });
    } catch (error) {
      // The answer is gone already; only the log can be told.
      this.runtime.logger.error({ error, requestId: actor.requestId }, 'the end of a transfer could not be recorded');
    }
  }

  private outcome(end: { bytes: number; wanted: number; revoked: boolean; failure: unknown }): Outcome {
    if (end.revoked) return 'cut';
    if (end.bytes === end.wanted) return 'complete';
    if (end.failure instanceof AdapterFailure) return 'store-failed';
    return this.runtime.closing.aborted ? 'stopped' : 'broken-off';
  }
}
