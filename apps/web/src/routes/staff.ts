import { pageRoute } from './page-route.js';

export const STAFF_ROUTES = [
  pageRoute('review', () => import('../pages/staff/review/ReviewPage.js'), 'ReviewPage'),
  pageRoute('reviewOne', () => import('../pages/staff/review/ReviewOnePage.js'), 'ReviewOnePage'),
];
