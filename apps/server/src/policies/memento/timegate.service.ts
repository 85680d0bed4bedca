import { Injectable } from '@nestjs/common';
import { httpDate, mementoAddresses, Refusal, type TypedLink } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { AskedTogether } from '../../database/asked-together.js';
import { prepared } from '../../database/prepared.js';
import { Runtime } from '../../http/runtime.js';
import { mementoUrl } from '../snapshots/snapshot-rows.js';

/** A snapshot as a memento: its datetime is when it came into force. */
export interface Memento {
  captured_at: Date;
  effective_from: Date;
}

const IN_FORCE = 'FROM snapshot WHERE policy_id = p.id AND effective_from <= now()';
const EARLIEST = 'ORDER BY effective_from, captured_at LIMIT 1';
const LATEST = 'ORDER BY effective_from DESC, captured_at DESC LIMIT 1';
/** Both moments of a memento, in milliseconds. */
const MOMENTS = 'ARRAY[floor(extract(epoch FROM captured_at) * 1000)::float8, floor(extract(epoch FROM effective_from) * 1000)::float8]';

/** Both ends of each policy's history, and the snapshot asked for; an index look-up each. A row says by `turn` which question it answers, from 1. */
const NEIGHBORS = `
  SELECT asked.turn::int4, (SELECT ${MOMENTS} ${IN_FORCE} ${EARLIEST}) AS first, (SELECT ${MOMENTS} ${IN_FORCE} ${LATEST}) AS last,
    (SELECT ${MOMENTS} ${IN_FORCE} AND effective_from < asked.at + interval '1 second' ${LATEST}) AS chosen
  FROM unnest($1::text[], $2::timestamptz[]) WITH ORDINALITY AS asked (slug, at, turn) JOIN policy p ON p.slug = asked.slug`;

/** Larger statements keep one connection busy while others idle. */
const MOST_AT_ONCE = 16;

type Moments = [capturedAt: number, effectiveFrom: number];
interface NeighborRow {
  turn: number;
  first: Moments | null;
  last: Moments | null;
  chosen: Moments | null;
}

/** What was in force at a time (RFC 7089). */
@Injectable()
export class TimeGate {
  private readonly questions: AskedTogether<[slug: string, at: Date], NeighborRow | undefined>;

  constructor(
    database: DataSource,
    private readonly runtime: Runtime,
  ) {
    this.questions = new AskedTogether(async (asked) => {
      const values = [asked.map(([slug]) => slug), asked.map(([, at]) => at)];
      const rows = await prepared<NeighborRow>(database, 'timegate', NEIGHBORS, values);
      const answers = new Map(rows.map((row) => [row.turn, row]));
      return asked.map((_, index) => answers.get(index + 1));
    }, MOST_AT_ONCE);
  }

  /** The memento in force at a moment; before there was any, the first one, as RFC 7089 section 4.5.3 says. */
  async select(slug: string, at: Date): Promise<{ url: string; links: TypedLink[] }> {
    const { first, last, asked } = await this.neighbors(slug, at);
    if (!first || !last) throw new Refusal('policy-not-in-force', 'No text of this policy has been in force yet.');
    const chosen = asked ?? first;
    return { url: this.url(slug, chosen), links: [...this.ownLinks(slug), ...this.mementoLinks(slug, [first, chosen, last], first, last)] };
  }

  /** Links of the original resource, and of every memento, to their archive. */
  ownLinks(slug: string): TypedLink[] {
    const { original, timegate, timemap } = mementoAddresses(this.runtime.publicUrl, slug);
    return [
      { url: original, rel: 'original' },
      { url: timegate, rel: 'timegate' },
      { url: timemap, rel: 'timemap', attributes: { type: 'application/link-format' } },
    ];
  }

  /** Links of one memento, to the ends of the history among others. */
  async linksOf(slug: string, memento: Memento): Promise<TypedLink[]> {
    const { first, last } = await this.neighbors(slug, memento.effective_from);
    if (!first || !last) return this.ownLinks(slug);
    return [...this.ownLinks(slug), ...this.mementoLinks(slug, [first, memento, last], first, last)];
  }

  private async neighbors(slug: string, at: Date) {
    const row = await this.questions.ask([slug, at]);
    if (!row) throw new Refusal('not-found', 'There is no such policy.');
    return { first: dated(row.first), last: dated(row.last), asked: dated(row.chosen) };
  }

  private mementoLinks(slug: string, mementos: Memento[], first: Memento, last: Memento): TypedLink[] {
    const once = new Map(mementos.map((memento) => [this.url(slug, memento), memento]));
    return [...once].map(([url, memento]) => ({
      url,
      rel: [url === this.url(slug, first) && 'first', url === this.url(slug, last) && 'last', 'memento'].filter(Boolean).join(' '),
      attributes: { datetime: httpDate(memento.effective_from) },
    }));
  }

  private url(slug: string, { captured_at }: Memento): string {
    return mementoUrl(this.runtime.publicUrl, slug, captured_at);
  }
}

function dated(moments: Moments | null): Memento | null {
  return moments && { captured_at: new Date(moments[0]), effective_from: new Date(moments[1]) };
}
