import { pageRoute } from './page-route.js';

export const ACCESS_ROUTES = [
  pageRoute('requestAccess', () => import('../pages/access/request/RequestAccessPage.js'), 'RequestAccessPage'),
  pageRoute('requests', () => import('../pages/access/status/RequestsPage.js'), 'RequestsPage'),
  pageRoute('request', () => import('../pages/access/status/RequestPage.js'), 'RequestPage'),
  pageRoute('prerequisites', () => import('../pages/access/prerequisites/PrerequisitesPage.js'), 'PrerequisitesPage'),
  pageRoute('acceptance', () => import('../pages/access/acceptance/AcceptancePage.js'), 'AcceptancePage'),
  pageRoute('acceptances', () => import('../pages/access/acceptance/CertificatePage.js'), 'CertificatePage'),
  pageRoute('grants', () => import('../pages/access/grants/GrantsPage.js'), 'GrantsPage'),
  pageRoute('grant', () => import('../pages/access/grants/GrantPage.js'), 'GrantPage'),
];
