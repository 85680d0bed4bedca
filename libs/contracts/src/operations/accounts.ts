import { z } from 'zod';
import * as accounts from '../accounts.js';
import { listOf } from '../fields.js';
import { SignedIn } from '../sign-in.js';
import { get, post, remove, State, type Operation } from './operation.js';

/** Accounts, sessions, tokens and roles. */
export const ACCOUNTS_OPERATIONS: readonly Operation[] = [
  post(
    '/api/v1/accounts',
    'Sign up; the answer is the same whether the e-mail was free or not',
    'anyone',
    accounts.CreateAccount,
    accounts.AccountCreated,
  ),
  post(
    '/api/v1/session',
    'Sign in; the answer sets the session cookie, and says whether a second factor is required',
    'anyone',
    accounts.SignIn,
    SignedIn,
  ),
  remove('/api/v1/session', 'Sign out', 'anyone'),
  post(
    '/api/v1/password-reset',
    'Ask for a reset by mail, or set a new password with its link',
    'anyone',
    accounts.PasswordReset,
    State,
    200,
  ),
  post(
    '/api/v1/email-verification',
    'Confirm an e-mail address with its link, or have the mail sent again',
    'anyone',
    accounts.EmailVerification,
    State,
    200,
  ),
  post(
    '/api/v1/first-administrator',
    'Become the first administrator with the link that start printed',
    'anyone',
    accounts.FirstAdministrator,
    State.extend({ email: z.string() }),
  ),
  get('/api/v1/me', 'Who this session or token stands for', 'read', accounts.Me),
  get('/api/v1/me/profile', 'What is kept plain of oneself', 'person', accounts.Profile),
  {
    method: 'patch',
    path: '/api/v1/me/profile',
    summary: 'Correct name, organization or country',
    allow: 'person',
    status: 200,
    body: accounts.EditProfile,
    answer: accounts.Profile,
  },
  post('/api/v1/me/email', 'Ask for another e-mail address; it counts once its link is opened', 'person', accounts.ChangeEmail, State, 200),
  post('/api/v1/tokens', 'Mint an access token', 'person', accounts.CreateToken, accounts.TokenCreated),
  get('/api/v1/tokens', 'One’s own access tokens', 'person', listOf(accounts.TokenListed)),
  remove('/api/v1/tokens/{id}', 'Revoke an access token', 'person'),
  get('/api/v1/roles', 'Who holds which role, and who is invited to one', 'person', listOf(accounts.RoleListed), accounts.ListRoles),
  post(
    '/api/v1/roles',
    'Give somebody a role; an auditor without an account is invited',
    'person',
    accounts.AssignRole,
    accounts.RoleAssigned,
  ),
  remove('/api/v1/roles/{id}', 'End a role, or withdraw an invitation to one', 'person'),
];
