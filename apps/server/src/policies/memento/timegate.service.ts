import { Injectable } from '@nestjs/common';
import { httpDate, mementoAddresses, Refusal, type TypedLink } from '@paddock/domain';
import { DataSource } from 'typeorm';
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

/** Both ends of the policy's history, and the snapshot asked for; one statement, an index look-up each. */
const NEIGHBORS = `
  SELECT (SELECT ${MOMENTS} ${IN_FORCE} ${EARLIEST}) AS first, (SELECT ${MOMENTS} ${IN_FORCE} ${LATEST}) AS last,
    (SELECT ${MOMENTS} ${IN_FORCE} AND effective_from < $2::timestamptz + interval '1 second' ${LATEST}) AS asked
  FROM policy p WHERE p.slug = $1`;

type Moments = [capturedAt: number, effectiveFrom: number];
interface NeighborRow {
  first: Moments | null;
  last: Moments | null;
  asked: Moments | null;
}

/** What was in force at a time (RFC 7089). */
@Injectable()
export class TimeGate {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
  ) {}

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
    const [row] = await prepared<NeighborRow>(this.database, 'timegate', NEIGHBORS, [slug, at]);
    if (!row) throw new Refusal('not-found', 'There is no such policy.');
    return { first: dated(row.first), last: dated(row.last), asked: dated(row.asked) };
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
