import { Controller, Get, Param } from '@nestjs/common';
import { Name } from '@paddock/contracts';
import { Refusal } from '@paddock/domain';
import { DataSource } from 'typeorm';
import { Allow } from '../../http/actor.js';
import { usualWaitFor } from './request-standing.js';

/** What an applicant wants to know before they sign up. */
@Controller('api/v1/models/:model/waiting')
export class WaitingController {
  constructor(private readonly database: DataSource) {}

  @Get()
  @Allow('anyone')
  async waiting(@Param('model', { schema: Name }) slug: string) {
    const [model] = await this.database.query<{ id: string }[]>('SELECT id FROM model WHERE slug = $1', [slug]);
    if (!model) throw new Refusal('not-found', 'There is no such model.');
    return { wait: await usualWaitFor(this.database, model.id) };
  }
}
