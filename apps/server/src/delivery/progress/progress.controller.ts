import { Controller, Get, Param, Res } from '@nestjs/common';
import { Id } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import type { FastifyReply } from 'fastify';
import { setTimeout as delay } from 'node:timers/promises';
import { Allow, Holder, type HolderActor } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { ProgressService } from './progress.service.js';

const EVERY_MS = 1000;
/** Proxies close what is silent for long. */
const SIGN_OF_LIFE_MS = 15_000;
/** Each asks the database once a second; a browser comes back by itself. */
const MOST_STREAMS = 4;
const LONGEST_MS = 10 * 60_000;

/** Server-sent events: how far one's own downloads have come, as long as the grant may be read and the session lasts. */
@Controller('api/v1/grants/:id/progress')
export class ProgressController {
  private readonly open = new Map<string, number>();

  constructor(
    private readonly progress: ProgressService,
    private readonly runtime: Runtime,
  ) {}

  @Get()
  @Allow('read')
  async watch(@Holder() actor: HolderActor, @Param('id', { schema: Id }) id: string, @Res() reply: FastifyReply): Promise<void> {
    const holder = (actor.account ?? actor.seat)!;
    const first = await this.progress.files(actor, id);
    if ((this.open.get(holder) ?? 0) >= MOST_STREAMS)
      throw new Refusal('too-many-attempts', `At most ${MOST_STREAMS} of these are open at once; close another page first.`, {
        retryAfter: 10,
      });
    this.count(holder, 1);
    try {
      await this.stream(actor, id, JSON.stringify({ items: first }), reply);
    } finally {
      this.count(holder, -1);
    }
  }

  private async stream(actor: HolderActor, id: string, first: string, reply: FastifyReply): Promise<void> {
    const { raw } = reply;
    const gone = new AbortController();
    raw.once('close', () => gone.abort());
    reply.hijack();
    raw.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    });
    const until = Date.now() + LONGEST_MS;
    let [told, toldAt] = ['', 0];
    let now = first;
    while (!gone.signal.aborted && !this.runtime.stopping && Date.now() < until) {
      // A reader who does not read is not written to: nothing piles up.
      const silent = Date.now() - toldAt > SIGN_OF_LIFE_MS;
      if ((now !== told || silent) && !raw.writableNeedDrain) {
        raw.write(now === told ? ':\n\n' : `event: progress\ndata: ${now}\n\n`);
        [told, toldAt] = [now, Date.now()];
      }
      await delay(EVERY_MS, undefined, { signal: gone.signal }).catch(() => undefined);
      const next = await this.next(actor, id);
      if (next === undefined) break;
      now = next;
    }
    raw.end();
  }

  /** undefined where it is over: the session ended, the grant is another's now, or the database does not answer. */
  private async next(actor: HolderActor, id: string): Promise<string | undefined> {
    try {
      await this.progress.refuseEnded(actor);
      return JSON.stringify({ items: await this.progress.files(actor, id) });
    } catch {
      return undefined;
    }
  }

  private count(holder: string, by: number): void {
    const open = (this.open.get(holder) ?? 0) + by;
    if (open > 0) this.open.set(holder, open);
    else this.open.delete(holder);
  }
}
