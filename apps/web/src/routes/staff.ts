import { pageRoute } from './page-route.js';

export const STAFF_ROUTES = [
  pageRoute('overview', () => import('../pages/staff/overview/OverviewPage.js'), 'OverviewPage'),
  pageRoute('review', () => import('../pages/staff/review/ReviewPage.js'), 'ReviewPage'),
  pageRoute('reviewOne', () => import('../pages/staff/review/ReviewOnePage.js'), 'ReviewOnePage'),
  pageRoute('publishing', () => import('../pages/staff/publishing/PublishingPage.js'), 'PublishingPage'),
  pageRoute('publishModel', () => import('../pages/staff/publishing/PublishModelPage.js'), 'PublishModelPage'),
  pageRoute('publishRelease', () => import('../pages/staff/publishing/PublishReleasePage.js'), 'PublishReleasePage'),
  pageRoute('legalTexts', () => import('../pages/staff/legal/LegalTextsPage.js'), 'LegalTextsPage'),
  pageRoute('legalLicense', () => import('../pages/staff/legal/LegalLicensePage.js'), 'LegalLicensePage'),
  pageRoute('legalPolicy', () => import('../pages/staff/legal/LegalPolicyPage.js'), 'LegalPolicyPage'),
  pageRoute('audit', () => import('../pages/staff/audit/AuditPage.js'), 'AuditPage'),
  pageRoute('auditKind', () => import('../pages/staff/audit/AuditKindPage.js'), 'AuditKindPage'),
  pageRoute('licensee', () => import('../pages/staff/desk/LicenseePage.js'), 'LicenseePage'),
  pageRoute('sightings', () => import('../pages/staff/desk/SightingsPage.js'), 'SightingsPage'),
  pageRoute('grantReviews', () => import('../pages/staff/desk/GrantReviewsPage.js'), 'GrantReviewsPage'),
  pageRoute('reasonTemplates', () => import('../pages/staff/desk/ReasonTemplatesPage.js'), 'ReasonTemplatesPage'),
  pageRoute('blocks', () => import('../pages/staff/desk/BlocksPage.js'), 'BlocksPage'),
  pageRoute('roles', () => import('../pages/staff/desk/RolesPage.js'), 'RolesPage'),
  pageRoute('outbox', () => import('../pages/staff/desk/OutboxPage.js'), 'OutboxPage'),
  pageRoute('health', () => import('../pages/staff/desk/SystemPage.js'), 'SystemPage'),
];
