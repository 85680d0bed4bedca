import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountRecord, PersonRecord } from './account.entity.js';
import { IdentityGuard } from './identity/identity.guard.js';
import { IdentityService } from './identity/identity.service.js';
import { MeController } from './me.controller.js';
import { ProfileController } from './profile/profile.controller.js';
import { ProfileService } from './profile/profile.service.js';
import { FirstAdministratorService } from './roles/first-administrator.service.js';
import { RoleInvitations } from './roles/role-invitations.service.js';
import { RolesController } from './roles/roles.controller.js';
import { RolesService } from './roles/roles.service.js';
import { OIDC_CONTROLLERS, OIDC_PROVIDERS } from './oidc/oidc.parts.js';
import { SealedRecords } from './sealed-records.js';
import { SECOND_FACTOR_PROVIDERS } from './second-factor/second-factor.parts.js';
import { SecondFactorController } from './second-factor/second-factor.controller.js';
import { SecurityController } from './security.controller.js';
import { SecurityLetters } from './security-letters.js';
import { SessionsController } from './sessions/sessions.controller.js';
import { SessionsService } from './sessions/sessions.service.js';
import { AccountsController } from './sign-in/accounts.controller.js';
import { AccountsService } from './sign-in/accounts.service.js';
import { FreshProofs } from './sign-in/fresh-proofs.js';
import { ExpiredSignIns } from './sign-in/expired-sign-ins.js';
import { SignInService } from './sign-in/sign-in.service.js';
import { SingleUseLinks } from './sign-in/single-use-links.js';
import { Throttle } from './sign-in/throttle.js';
import { TokensController } from './tokens/tokens.controller.js';
import { TokensService } from './tokens/tokens.service.js';

/** Global for what every later feature may know: identities, sealed records, the throttle. */
@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AccountRecord, PersonRecord])],
  controllers: [
    ProfileController,
    AccountsController,
    MeController,
    TokensController,
    RolesController,
    SecurityController,
    SecondFactorController,
    SessionsController,
    ...OIDC_CONTROLLERS,
  ],
  providers: [
    { provide: APP_GUARD, useClass: IdentityGuard },
    IdentityService,
    AccountsService,
    SignInService,
    SessionsService,
    SecurityLetters,
    ExpiredSignIns,
    FreshProofs,
    ...OIDC_PROVIDERS,
    ...SECOND_FACTOR_PROVIDERS,
    SingleUseLinks,
    Throttle,
    TokensService,
    RolesService,
    RoleInvitations,
    FirstAdministratorService,
    ProfileService,
    SealedRecords,
  ],
  exports: [IdentityService, SealedRecords, Throttle, FreshProofs, FirstAdministratorService],
})
export class AccountsModule {}
