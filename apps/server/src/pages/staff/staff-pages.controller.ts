import { Controller, Get, Header, Param } from '@nestjs/common';
import { Name } from '@paddock/contracts';
import { CatalogReading } from '../../catalog/catalog-reading.service.js';
import { Allow, Caller, type Actor } from '../../http/actor.js';
import { page } from '../html.js';
import { blocksPage, formsPage, grantReviewsPage, rulesPage, templatesPage } from './staff-pages.js';

const HTML = 'text/html; charset=utf-8';

/** Tools of publishers and reviewers. Whoever is neither finds here what the API refuses them, and why. */
@Controller()
export class StaffPagesController {
  constructor(private readonly catalog: CatalogReading) {}

  @Get('models/:model/forms')
  @Header('content-type', HTML)
  @Allow('anyone')
  async forms(@Caller() actor: Actor, @Param('model', { schema: Name }) slug: string) {
    const model = await this.catalog.find(actor, slug);
    return page(`Forms of ${model.title}`, formsPage(model));
  }

  @Get('models/:model/rules')
  @Header('content-type', HTML)
  @Allow('anyone')
  async rules(@Caller() actor: Actor, @Param('model', { schema: Name }) slug: string) {
    const model = await this.catalog.find(actor, slug);
    return page(`Rules of ${model.title}`, rulesPage(model));
  }

  @Get('blocks')
  @Header('content-type', HTML)
  @Allow('anyone')
  blocks() {
    return page('Blocks', blocksPage);
  }

  @Get('grant-reviews')
  @Header('content-type', HTML)
  @Allow('anyone')
  grantReviews() {
    return page('Grant reviews', grantReviewsPage);
  }

  @Get('reason-templates')
  @Header('content-type', HTML)
  @Allow('anyone')
  templates() {
    return page('Reasons for reuse', templatesPage);
  }
}
