import { Controller, Get, Header, Param } from '@nestjs/common';
import { Name } from '@paddock/contracts';
import { Allow } from '../../http/actor.js';
import { Runtime } from '../../http/runtime.js';
import { PolicyReading } from '../policy-reading.service.js';
import { atomFeed } from './atom-feed.js';

const ENTRIES = 50;

@Controller('policies/:slug/feed.atom')
export class FeedController {
  constructor(
    private readonly reading: PolicyReading,
    private readonly runtime: Runtime,
  ) {}

  @Get()
  @Header('content-type', 'application/atom+xml; charset=utf-8')
  @Allow('anyone')
  async feed(@Param('slug', { schema: Name }) slug: string) {
    const { title, publisher, created_at: createdAt } = await this.reading.row(slug);
    const { items: snapshots } = await this.reading.snapshots(slug, { limit: ENTRIES });
    return atomFeed({ title, publisher, createdAt, snapshots, url: `${this.runtime.publicUrl}/policies/${slug}` });
  }
}
