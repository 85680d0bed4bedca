import { createRouter } from '@tanstack/react-router';
import { ACCESS_ROUTES } from './access.js';
import { ACCOUNT_ROUTES } from './account.js';
import { CATALOG_ROUTES } from './catalog.js';
import { LEGAL_ROUTES } from './legal.js';
import { root } from './root.js';
import { STAFF_ROUTES } from './staff.js';

export const router = createRouter({
  routeTree: root.addChildren([...CATALOG_ROUTES, ...LEGAL_ROUTES, ...ACCOUNT_ROUTES, ...ACCESS_ROUTES, ...STAFF_ROUTES]),
  defaultPreload: 'intent',
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
