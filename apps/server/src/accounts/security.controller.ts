import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { ChangePassword } from '@paddock/contracts';
import { DataSource } from 'typeorm';
import { Allow, Person, type PersonActor } from '../http/actor.js';
import { Runtime } from '../http/runtime.js';
import { SecondFactorsService } from './second-factor/second-factors.service.js';
import { AccountsService } from './sign-in/accounts.service.js';

@Controller('api/v1/me')
export class SecurityController {
  constructor(
    private readonly database: DataSource,
    private readonly accounts: AccountsService,
    private readonly factors: SecondFactorsService,
    private readonly runtime: Runtime,
  ) {}

  @Get('security')
  @Allow('person')
  async security(@Person() actor: PersonActor) {
    const [row] = await this.database.query<{ password: boolean; left: number }[]>(
      `SELECT password_hash IS NOT NULL AS password, (SELECT count(*)::int FROM recovery_code WHERE account_id = a.id AND used_at IS NULL) AS left
       FROM account a WHERE a.id = $1`,
      [actor.account],
    );
    return {
      password: row!.password,
      factors: await this.factors.factors(actor.account),
      recoveryCodesLeft: row!.left,
      staffSecondFactor: this.runtime.config.staffSecondFactor,
      rolesWithheld: actor.rolesWithheld.length > 0,
    };
  }

  @Post('password')
  @HttpCode(200)
  @Allow('person')
  async changePassword(@Person() actor: PersonActor, @Body({ schema: ChangePassword }) body: ChangePassword) {
    await this.accounts.changePassword(actor, body.password);
    return { state: 'changed' };
  }
}
