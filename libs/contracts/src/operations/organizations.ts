import { listOf } from '../fields.js';
import * as organizations from '../organizations.js';
import { get, post, type Operation } from './operation.js';

const ORGANIZATION = '/api/v1/organizations/{id}';

/** Organizations with their members, invitations, seats and domains. */
export const ORGANIZATIONS_OPERATIONS: readonly Operation[] = [
  post(
    '/api/v1/organizations',
    'Found an organization; you become its first officer',
    'person',
    organizations.CreateOrganization,
    organizations.Organization,
  ),
  get(
    '/api/v1/organizations',
    'Your organizations; all of them for administrators',
    'read',
    listOf(organizations.OrganizationListed),
    organizations.ListOrganizations,
  ),
  get(ORGANIZATION, 'An organization with its members and seats', 'read', organizations.Organization),
  {
    method: 'patch',
    path: ORGANIZATION,
    summary: 'Change the legal name or the country',
    allow: 'person',
    status: 200,
    body: organizations.ChangeOrganization,
    answer: organizations.Organization,
  },
  post(`${ORGANIZATION}/invitations`, 'Invite somebody by mail', 'person', organizations.CreateInvitation, organizations.Invitation),
  get(`${ORGANIZATION}/invitations`, 'The organization’s latest invitations, for officers', 'read', listOf(organizations.Invitation)),
  post(`${ORGANIZATION}/invitations/{invitation}/withdraw`, 'Withdraw an invitation', 'person', undefined, organizations.Invitation, 200),
  post(
    '/api/v1/invitations/accept',
    'Join with the link of an invitation',
    'person',
    organizations.AcceptInvitation,
    organizations.Joined,
    200,
  ),
  post(
    `${ORGANIZATION}/members/{member}/end`,
    'End a membership: officers anyone’s, members their own',
    'person',
    organizations.EndMember.optional(),
    organizations.Member,
    200,
  ),
  post(
    `${ORGANIZATION}/members/{member}/role`,
    'Make somebody an officer or a member',
    'person',
    organizations.ChangeMemberRole,
    organizations.Member,
    200,
  ),
  post(`${ORGANIZATION}/seats`, 'Open a service seat', 'person', organizations.CreateSeat, organizations.SeatCreated),
  get(`${ORGANIZATION}/seats`, 'The organization’s service seats', 'read', listOf(organizations.Seat)),
  post(`${ORGANIZATION}/seats/{seat}/end`, 'End a service seat', 'person', undefined, organizations.Seat, 200),
  post(`${ORGANIZATION}/domains`, 'Claim a domain', 'person', organizations.ClaimDomain, organizations.OrganizationDomain),
  post(
    `${ORGANIZATION}/domains/{domain}/confirm`,
    'Confirm a claimed domain, for administrators',
    'person',
    undefined,
    organizations.OrganizationDomain,
    200,
  ),
];
