import { PasskeysService } from './passkeys.service.js';
import { RecoveryCodes } from './recovery-codes.js';
import { SecondFactorRecords } from './second-factor-records.js';
import { SecondFactorSignIn } from './second-factor-sign-in.service.js';
import { SecondFactorsService } from './second-factors.service.js';
import { TotpService } from './totp.service.js';
import { WebauthnChallenges } from './webauthn-challenges.js';

/** Parts of the accounts module. */
export const SECOND_FACTOR_PROVIDERS = [
  TotpService,
  PasskeysService,
  WebauthnChallenges,
  RecoveryCodes,
  SecondFactorsService,
  SecondFactorSignIn,
  SecondFactorRecords,
];
