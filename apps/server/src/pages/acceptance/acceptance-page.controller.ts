import { Controller, Get, Header, Param } from '@nestjs/common';
import { Name } from '@paddock/contracts';
import { CatalogReading } from '../../catalog/catalog-reading.service.js';
import { PageProofs } from '../../grants/acceptance/page-proofs.js';
import { Allow, Caller, type Actor } from '../../http/actor.js';
import { ACCEPTANCE_PAGE, acceptancePage } from './acceptance-page.js';

@Controller('models/:model/accept')
export class AcceptancePageController {
  constructor(
    private readonly catalog: CatalogReading,
    private readonly proofs: PageProofs,
  ) {}

  /** The page carries the proof that it was served to this session. */
  @Get()
  @Header('content-type', 'text/html; charset=utf-8')
  @Header('cache-control', 'private, no-store')
  @Allow('anyone')
  async accept(@Caller() actor: Actor, @Param('model', { schema: Name }) slug: string) {
    const { title } = await this.catalog.find(actor, slug);
    return acceptancePage(title, slug, this.proofs.issue(actor, ACCEPTANCE_PAGE));
  }
}
