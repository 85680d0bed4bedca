import { ROLES, SEAT_SCOPES, TOKEN_SCOPES } from '@paddock/domain';
import { z } from 'zod';
import { Country, Email, Id, Instant, Paging, Password, requiredText, Slug, text } from './fields.js';

export const CreateAccount = z.strictObject({ email: Email, password: Password, name: requiredText(200) });
export type CreateAccount = z.infer<typeof CreateAccount>;
export const AccountCreated = z.strictObject({ email: z.string(), state: z.literal('unverified') });

export const SignIn = z.strictObject({ email: z.string().max(254), password: z.string().max(200) });
export type SignIn = z.infer<typeof SignIn>;

export const RequestPasswordReset = z.strictObject({ email: Email });
export const CompletePasswordReset = z.strictObject({ token: z.string().max(200), password: Password });
export const PasswordReset = z.union([RequestPasswordReset, CompletePasswordReset]);
export type PasswordReset = z.infer<typeof PasswordReset>;
export const EmailVerification = z.union([z.strictObject({ token: z.string().max(200) }), z.strictObject({})]);
export type EmailVerification = z.infer<typeof EmailVerification>;
export const FirstAdministrator = z.strictObject({ token: z.string().max(200), email: Email, password: Password, name: requiredText(200) });
export type FirstAdministrator = z.infer<typeof FirstAdministrator>;

export const AssignRole = z
  .strictObject({
    email: Email,
    role: z.enum(ROLES),
    publisher: Slug.optional(),
    model: Slug.optional(),
    until: Instant.optional().describe('An auditor’s role must end'),
    opensSealed: z.boolean().optional().describe('Whether an auditor may open what is sealed: typed names, addresses, user agents'),
  })
  .refine(({ role, until }) => role !== 'auditor' || until !== undefined, { path: ['until'], error: 'an auditor’s role must end' })
  .refine(({ role, opensSealed }) => role === 'auditor' || opensSealed === undefined, {
    path: ['opensSealed'],
    error: 'is of auditors alone',
  });
export type AssignRole = z.infer<typeof AssignRole>;
const HeldRole = z.strictObject({
  id: Id,
  role: z.enum(ROLES),
  scope: z.enum(['portal', 'publisher', 'model']),
  place: z.string().nullable(),
});
const RoleState = z.enum(['invited', 'active', 'ended']);

export const RoleAssigned = HeldRole.extend({
  state: RoleState.exclude(['ended']).describe('invited: until its person confirms the address'),
});
export const ListRoles = Paging.extend({ role: z.enum(ROLES).optional(), state: RoleState.optional() });
export type ListRoles = z.infer<typeof ListRoles>;
export const RoleListed = HeldRole.extend({
  state: RoleState,
  account: Id.nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  opensSealed: z.boolean(),
  from: Instant,
  until: Instant.nullable(),
});

const PersonMe = z.strictObject({
  id: Id,
  email: z.string(),
  name: z.string(),
  state: z.enum(['unverified', 'verified']),
  via: z.enum(['session', 'token']),
  roles: z.array(HeldRole.omit({ id: true })),
});
const SeatMe = z.strictObject({
  id: Id,
  kind: z.literal('seat'),
  name: z.string(),
  state: z.literal('active'),
  via: z.literal('token'),
  scopes: z.array(z.enum(SEAT_SCOPES)),
  organization: z.strictObject({ id: Id, legalName: z.string() }),
  expiresAt: Instant.nullable(),
});
/** A person, or a service seat of an organization. */
export const Me = z.union([PersonMe, SeatMe]);

export const CreateToken = z.strictObject({
  name: requiredText(100),
  scopes: z.array(z.enum(TOKEN_SCOPES)).min(1).max(TOKEN_SCOPES.length),
  licensee: Id.optional(),
  expiresAt: Instant.optional(),
});
export type CreateToken = z.infer<typeof CreateToken>;
export const TokenListed = z.strictObject({
  id: Id,
  name: z.string(),
  scopes: z.array(z.enum(TOKEN_SCOPES)),
  state: z.enum(['active', 'expired', 'revoked']),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
});
export const TokenCreated = TokenListed.extend({ token: z.string().describe('Shown once; kept as a hash') });

/** A change of name alone is a correction; another organization or country makes reviewers look again. */
export const EditProfile = z.strictObject({
  name: requiredText(200).optional(),
  organization: text(300).nullable().optional(),
  country: Country.nullable().optional(),
});
export type EditProfile = z.infer<typeof EditProfile>;
export const Profile = z.strictObject({
  name: z.string().nullable(),
  email: z.string().nullable(),
  organization: z.string().nullable(),
  country: z.string().nullable(),
});
export const ChangeEmail = z.strictObject({ email: Email });
export type ChangeEmail = z.infer<typeof ChangeEmail>;
