import { pageRoute } from './page-route.js';

const mailed = () => import('../pages/account/entry/MailedPages.js');

const ENTRY = [
  pageRoute('signIn', () => import('../pages/account/entry/SignInPage.js'), 'SignInPage'),
  pageRoute('signInCallback', () => import('../pages/account/entry/CallbackPage.js'), 'CallbackPage'),
  pageRoute('signUp', () => import('../pages/account/entry/SignUpPage.js'), 'SignUpPage'),
  pageRoute('resetPassword', mailed, 'ResetPasswordPage'),
  pageRoute('verifyEmail', mailed, 'VerifyEmailPage'),
  pageRoute('setup', mailed, 'SetupPage'),
  pageRoute('referee', () => import('../pages/account/entry/RefereePage.js'), 'RefereePage'),
  pageRoute('invitation', () => import('../pages/account/entry/InvitationPage.js'), 'InvitationPage'),
];

const OWN = [
  pageRoute('organizations', () => import('../pages/account/OrganizationsPage.js'), 'OrganizationsPage'),
  pageRoute('organization', () => import('../pages/account/organization/OrganizationPage.js'), 'OrganizationPage'),
  pageRoute('profile', () => import('../pages/account/ProfilePage.js'), 'ProfilePage'),
  pageRoute('security', () => import('../pages/account/security/SecurityPage.js'), 'SecurityPage'),
  pageRoute('tokens', () => import('../pages/account/TokensPage.js'), 'TokensPage'),
  pageRoute('privacy', () => import('../pages/account/privacy/PrivacyPage.js'), 'PrivacyPage'),
];

export const ACCOUNT_ROUTES = [...ENTRY, ...OWN];
