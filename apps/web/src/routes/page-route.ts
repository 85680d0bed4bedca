import { PAGES, type PageName } from '@paddock/contracts';
import { createRoute, lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';
import { root } from './root.js';
import type { RouterPath } from './router-path.js';

/** The route of a page of the table. Its code is loaded when somebody goes there, so that nobody loads what they do not see. */
export function pageRoute<Page extends PageName, Name extends string>(
  page: Page,
  load: () => Promise<Record<Name, RouteComponent>>,
  component: Name,
) {
  return createRoute({
    getParentRoute: () => root,
    path: PAGES[page].replaceAll(':', '$') as RouterPath<(typeof PAGES)[Page]>,
    component: lazyRouteComponent(load, component),
    // Another model or request is another page: what was typed or chosen on the one is not carried to the other.
    remountDeps: ({ params }) => params,
  });
}
