import { Controller, Get, Header, Param } from '@nestjs/common';
import { Id, Name } from '@paddock/contracts';
import { CatalogReading } from '../../catalog/catalog-reading.service.js';
import { Allow, Caller, type Actor } from '../../http/actor.js';
import { page } from '../html.js';
import { queuePage, requestPage, requestsPage, reviewPage, statusPage } from './request-pages.js';

const HTML = 'text/html; charset=utf-8';

/** Applying and reviewing. The pages are the same for everyone: what they show they ask of the API, which knows who may read it. */
@Controller()
export class RequestPagesController {
  constructor(private readonly catalog: CatalogReading) {}

  @Get('models/:model/request')
  @Header('content-type', HTML)
  @Allow('anyone')
  async request(@Caller() actor: Actor, @Param('model', { schema: Name }) slug: string) {
    const model = await this.catalog.find(actor, slug);
    return page(`Request access to ${model.title}`, requestPage(model));
  }

  @Get('access-requests')
  @Header('content-type', HTML)
  @Allow('anyone')
  requests() {
    return page('Your access requests', requestsPage);
  }

  @Get('access-requests/:id')
  @Header('content-type', HTML)
  @Allow('anyone')
  status(@Param('id', { schema: Id }) id: string) {
    return page('Access request', statusPage(id));
  }

  @Get('review')
  @Header('content-type', HTML)
  @Allow('anyone')
  queue() {
    return page('Review', queuePage);
  }

  @Get('review/:id')
  @Header('content-type', HTML)
  @Allow('anyone')
  review(@Param('id', { schema: Id }) id: string) {
    return page('Review of a request', reviewPage(id));
  }
}
