import { Body, Controller, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ChangeOrganization, ClaimDomain, CreateOrganization, Id, ListOrganizations, Name } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../http/actor.js';
import { DomainsService } from './domains.service.js';
import { OrganizationReading } from './organization-reading.service.js';
import { OrganizationsService } from './organizations.service.js';

@Controller('api/v1/organizations')
export class OrganizationsController {
  constructor(
    private readonly organizations: OrganizationsService,
    private readonly reading: OrganizationReading,
    private readonly domains: DomainsService,
  ) {}

  @Post()
  @Allow('person')
  async create(@Person() actor: PersonActor, @Body({ schema: CreateOrganization }) body: CreateOrganization) {
    return this.reading.find(actor, await this.organizations.create(actor, body));
  }

  @Get()
  @Allow('read')
  list(@Person() actor: PersonActor, @Query({ schema: ListOrganizations }) query: ListOrganizations) {
    return this.reading.list(actor, query);
  }

  @Get(':id')
  @Allow('read')
  find(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.reading.find(actor, id);
  }

  @Patch(':id')
  @Allow('person')
  async change(
    @Person() actor: PersonActor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ChangeOrganization }) body: ChangeOrganization,
  ) {
    await this.organizations.change(actor, id, body);
    return this.reading.find(actor, id);
  }

  @Post(':id/domains')
  @Allow('person')
  claim(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Body({ schema: ClaimDomain }) body: ClaimDomain) {
    return this.domains.claim(actor, id, body.domain);
  }

  @Post(':id/domains/:domain/confirm')
  @HttpCode(200)
  @Allow('person')
  confirm(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string, @Param('domain', { schema: Name }) domain: string) {
    return this.domains.confirm(actor, id, domain);
  }
}
