import { Controller, Get, Header, Param, Query, Req } from '@nestjs/common';
import { Id, Name, Paging, PROBLEM_STATUS } from '@paddock/contracts';
import { Refusal, REFUSALS, type RefusalCode } from '@paddock/domain';
import type { FastifyRequest } from 'fastify';
import { CatalogReading } from '../catalog/catalog-reading.service.js';
import { Allow, Caller, type Actor } from '../http/actor.js';
import { catalogPage, modelPage, releasePage } from './catalog-pages.js';
import { callbackPage, FORM_PAGES } from './form-pages.js';
import { html, page } from './html.js';
import { LegalTexts } from './legal/legal-texts.service.js';
import { organizationPage } from './organization-pages.js';
import { prerequisitesPage } from './prerequisite-pages.js';

const HTML = 'text/html; charset=utf-8';

/** Plain pages for everything that a remedy links to. They show what the API answers and post what it takes. */
@Controller()
export class PagesController {
  constructor(
    private readonly catalog: CatalogReading,
    private readonly texts: LegalTexts,
  ) {}

  @Get(['/', 'models'])
  @Header('content-type', HTML)
  @Allow('anyone')
  async models(@Query({ schema: Paging }) query: Paging) {
    const { items, nextCursor } = await this.catalog.models(query);
    return page('Models', html`${catalogPage(items)}${nextCursor && html`<p><a href="/models?cursor=${nextCursor}">More</a></p>`}`);
  }

  @Get('models/:model')
  @Header('content-type', HTML)
  @Allow('anyone')
  async model(@Caller() actor: Actor, @Param('model', { schema: Name }) slug: string) {
    const model = await this.catalog.find(actor, slug);
    return page(model.title, modelPage(model));
  }

  @Get('models/:model/prerequisites')
  @Header('content-type', HTML)
  @Allow('anyone')
  async prerequisites(@Caller() actor: Actor, @Param('model', { schema: Name }) slug: string) {
    const model = await this.catalog.find(actor, slug);
    return page(`What ${model.title} asks for`, prerequisitesPage(model.slug));
  }

  @Get('models/:model/releases/:release')
  @Header('content-type', HTML)
  @Allow('anyone')
  async release(@Caller() actor: Actor, @Param('model', { schema: Name }) model: string, @Param('release', { schema: Name }) name: string) {
    const release = await this.catalog.release(actor, model, name);
    return page(`${release.model} ${release.name}`, releasePage(release));
  }

  @Get('licenses')
  @Header('content-type', HTML)
  @Allow('anyone')
  async licenses() {
    const licenses = await this.texts.licenses();
    return page(
      'Licenses',
      html`<ul>
        ${licenses.map(({ slug, title }) => html`<li><a href="/licenses/${slug}">${title}</a></li>`)}
      </ul>`,
    );
  }

  @Get('licenses/:license')
  @Header('content-type', HTML)
  @Allow('anyone')
  async license(@Caller() actor: Actor, @Param('license', { schema: Name }) slug: string) {
    const { title, body } = await this.texts.license(actor, slug);
    return page(title, body);
  }

  @Get('problems/:code')
  @Header('content-type', HTML)
  @Allow('anyone')
  problem(@Param('code', { schema: Name }) code: string) {
    if (!(code in REFUSALS)) throw new Refusal('not-found', 'There is no such refusal.');
    const { title, remedy, link } = REFUSALS[code as RefusalCode];
    return page(
      title,
      html`<p>Code <code>${code}</code>, HTTP status ${PROBLEM_STATUS[code as RefusalCode]}.</p>
        <p>${remedy}</p>
        ${link && html`<p><a href="${link}">There</a></p>`}`,
    );
  }

  /** The page alone: what it shows it asks of the API, which knows who may read it. */
  @Get('organizations/:id')
  @Header('content-type', HTML)
  @Allow('anyone')
  organization(@Param('id', { schema: Id }) id: string) {
    return page('Organization', organizationPage(id));
  }

  @Get('sign-in/oidc/:provider/callback')
  @Header('content-type', HTML)
  @Header('cache-control', 'private, no-store')
  @Allow('anyone')
  callback(@Param('provider', { schema: Name }) provider: string) {
    return page('Sign in', callbackPage(provider));
  }

  @Get(Object.keys(FORM_PAGES))
  @Header('content-type', HTML)
  @Allow('anyone')
  form(@Req() request: FastifyRequest) {
    const { title, body } = FORM_PAGES[request.url.split('?')[0]!.replaceAll('/', '')]!;
    return page(title, body);
  }
}
