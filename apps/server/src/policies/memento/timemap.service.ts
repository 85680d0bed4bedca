import { Injectable } from '@nestjs/common';
import { httpDate, mementoAddresses, type TypedLink } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { Runtime } from '../../http/runtime.js';
import { PolicyReading } from '../policy-reading.service.js';
import { mementoUrl } from '../snapshots/snapshot-rows.js';
import type { Memento } from './timegate.service.js';

const PAGE = 1000;

export interface TimeMapPage {
  page: number;
  pages: number;
  mementos: { url: string; datetime: Date; rel: string }[];
}

/** Everything that was in force, in order, a thousand to a page (RFC 7089 section 5). */
@Injectable()
export class TimeMap {
  constructor(
    private readonly database: DataSource,
    private readonly runtime: Runtime,
    private readonly reading: PolicyReading,
  ) {}

  async page(slug: string, page: number): Promise<TimeMapPage> {
    const { id } = await this.reading.row(slug);
    const [{ count }] = (await this.database.query<{ count: number }[]>(
      'SELECT count(*)::int AS count FROM snapshot WHERE policy_id = $1 AND effective_from <= now()',
      [id],
    )) as [{ count: number }];
    const rows = await this.database.query<Memento[]>(
      `SELECT captured_at, effective_from FROM snapshot WHERE policy_id = $1 AND effective_from <= now() ORDER BY effective_from, captured_at LIMIT $2 OFFSET $3`,
      [id, PAGE, (page - 1) * PAGE],
    );
    return {
      page,
      pages: Math.max(1, Math.ceil(count / PAGE)),
      mementos: rows.map((row, index) => ({
        url: mementoUrl(this.runtime.publicUrl, slug, row.captured_at),
        datetime: row.effective_from,
        rel: [page === 1 && index === 0 && 'first', (page - 1) * PAGE + index === count - 1 && 'last', 'memento'].filter(Boolean).join(' '),
      })),
    };
  }

  /** The links of a page of the map, in link-format. */
  links(slug: string, { page, pages, mementos }: TimeMapPage): TypedLink[] {
    const { original, timegate, timemap } = mementoAddresses(this.runtime.publicUrl, slug);
    const type = { type: 'application/link-format' };
    const span = mementos.length > 0 && { from: httpDate(mementos[0]!.datetime), until: httpDate(mementos.at(-1)!.datetime) };
    return [
      { url: original, rel: 'original' },
      { url: timegate, rel: 'timegate' },
      { url: page === 1 ? timemap : `${timemap}?page=${page}`, rel: 'self', attributes: { ...type, ...span } },
      ...(page < pages ? [{ url: `${timemap}?page=${page + 1}`, rel: 'timemap', attributes: type }] : []),
      ...mementos.map(({ url, rel, datetime }) => ({ url, rel, attributes: { datetime: httpDate(datetime) } })),
    ];
  }

  /** The same as JSON, in the form that archives with a JSON TimeMap share. */
  json(slug: string, { page, pages, mementos }: TimeMapPage) {
    const { original, timegate, timemap } = mementoAddresses(this.runtime.publicUrl, slug);
    return {
      original_uri: original,
      timegate_uri: timegate,
      timemap_uri: { link_format: timemap, json_format: `${timemap}?format=json` },
      mementos: { list: mementos.map(({ url, datetime }) => ({ datetime: datetime.toISOString(), uri: url })) },
      ...(page < pages && { next: `${timemap}?format=json&page=${page + 1}` }),
    };
  }
}
