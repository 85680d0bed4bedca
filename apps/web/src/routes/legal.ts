import { pageRoute } from './page-route.js';

export const LEGAL_ROUTES = [
  pageRoute('problem', () => import('../pages/legal/ProblemPage.js'), 'ProblemPage'),
  pageRoute('licenses', () => import('../pages/legal/LicensesPage.js'), 'LicensesPage'),
  pageRoute('license', () => import('../pages/legal/LicensePage.js'), 'LicensePage'),
  pageRoute('policies', () => import('../pages/legal/PoliciesPage.js'), 'PoliciesPage'),
  pageRoute('policy', () => import('../pages/legal/PolicyPage.js'), 'PolicyPage'),
  pageRoute('policyInForce', () => import('../pages/legal/PolicyPage.js'), 'PolicyInForcePage'),
  pageRoute('policySnapshot', () => import('../pages/legal/SnapshotPage.js'), 'SnapshotPage'),
  pageRoute('policyArchive', () => import('../pages/legal/ArchivePage.js'), 'ArchivePage'),
  pageRoute('policyCompare', () => import('../pages/legal/ComparePage.js'), 'ComparePage'),
  pageRoute('policySinceAccepted', () => import('../pages/legal/ComparePage.js'), 'SinceAcceptedPage'),
  pageRoute('agreement', () => import('../pages/legal/AgreementPage.js'), 'AgreementPage'),
  pageRoute('verify', () => import('../pages/legal/VerifyPage.js'), 'VerifyPage'),
];
