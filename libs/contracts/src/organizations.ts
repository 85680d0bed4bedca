import { SEAT_SCOPES } from '@paddock/domain';
import { z } from 'zod';
import { Country, Email, Id, Instant, line, Paging } from './fields.js';

const MemberRole = z.enum(['member', 'officer']);

export const CreateOrganization = z.strictObject({ legalName: line(200), country: Country });
export type CreateOrganization = z.infer<typeof CreateOrganization>;
export const ChangeOrganization = CreateOrganization.partial();
export type ChangeOrganization = z.infer<typeof ChangeOrganization>;
export const ListOrganizations = Paging.extend({
  scope: z.enum(['own', 'portal']).default('own').describe('`portal`: all of them, for administrators'),
});
export type ListOrganizations = z.infer<typeof ListOrganizations>;

export const CreateInvitation = z.strictObject({ email: Email, role: MemberRole.default('member') });
export type CreateInvitation = z.infer<typeof CreateInvitation>;
export const Invitation = z.strictObject({
  id: Id,
  email: z.string().nullable().describe('null once the invitation has ended'),
  role: MemberRole,
  state: z.enum(['pending', 'accepted', 'withdrawn', 'expired']),
  createdAt: Instant,
  expiresAt: Instant,
});
export const AcceptInvitation = z.strictObject({ token: z.string().max(200) });
export type AcceptInvitation = z.infer<typeof AcceptInvitation>;

export const Member = z.strictObject({
  id: Id.describe('Of the membership'),
  account: Id,
  name: z.string().nullable(),
  email: z.string().nullable().describe('For officers'),
  role: MemberRole,
  state: z.enum(['active', 'ended']),
  from: Instant,
  until: Instant.nullable(),
});
export const EndMember = z.strictObject({ reason: line(500).optional() });
export type EndMember = z.infer<typeof EndMember>;
export const ChangeMemberRole = z.strictObject({ role: MemberRole });
export type ChangeMemberRole = z.infer<typeof ChangeMemberRole>;

export const CreateSeat = z.strictObject({
  name: line(100),
  scopes: z.array(z.enum(SEAT_SCOPES)).min(1).max(SEAT_SCOPES.length),
  expiresAt: Instant.optional().describe('In the future'),
  custodian: Id.optional().describe('The membership that answers for the seat; your own without it'),
});
export type CreateSeat = z.infer<typeof CreateSeat>;
export const Seat = z.strictObject({
  id: Id,
  name: z.string(),
  scopes: z.array(z.enum(SEAT_SCOPES)),
  state: z.enum(['active', 'expired', 'ended']),
  custodian: Id.describe('A membership'),
  createdAt: Instant,
  expiresAt: Instant.nullable(),
  lastUsedAt: Instant.nullable().describe('To the minute'),
});
export const SeatCreated = Seat.extend({ token: z.string().describe('Shown once; kept as a hash') });

/** A host name of at least two labels in ASCII (internationalized ones as `xn--…`). */
const Domain = z
  .string()
  .max(253)
  .toLowerCase()
  .regex(/^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z0-9]$/, 'must be a domain such as example.org');
export const ClaimDomain = z.strictObject({ domain: Domain });
export type ClaimDomain = z.infer<typeof ClaimDomain>;
export const OrganizationDomain = z.strictObject({
  domain: z.string(),
  state: z.enum(['verified', 'pending']),
  method: z.enum(['officer-mail', 'administrator']).nullable(),
});

export const OrganizationListed = z.strictObject({
  id: Id,
  legalName: z.string(),
  country: z.string(),
  licensee: Id,
  role: MemberRole.nullable().describe('Yours; null for an administrator who is no member'),
  domains: z.array(OrganizationDomain),
  createdAt: Instant,
});
export const Organization = OrganizationListed.extend({
  members: z.array(Member),
  seats: z.array(Seat),
  invitations: z.array(Invitation).describe('For officers'),
});
export const Joined = z.strictObject({ organization: Id, legalName: z.string(), member: Id, role: MemberRole, state: z.literal('active') });
