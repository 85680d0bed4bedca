import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { CreateBlock, Id, ListBlocks, type Paging } from '@paddock/contracts';
import { Allow, Person, type PersonActor } from '../../http/actor.js';
import { BlocklistService } from './blocklist.service.js';

@Controller('api/v1/blocks')
export class BlocklistController {
  constructor(private readonly blocks: BlocklistService) {}

  @Get()
  @Allow('person')
  list(@Person() actor: PersonActor, @Query({ schema: ListBlocks }) query: Paging) {
    return this.blocks.list(actor, query);
  }

  @Post()
  @Allow('person')
  create(@Person() actor: PersonActor, @Body({ schema: CreateBlock }) body: CreateBlock) {
    return this.blocks.create(actor, body);
  }

  @Delete(':id')
  @HttpCode(204)
  @Allow('person')
  lift(@Person() actor: PersonActor, @Param('id', { schema: Id }) id: string) {
    return this.blocks.lift(actor, id);
  }
}
