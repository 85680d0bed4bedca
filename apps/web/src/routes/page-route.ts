import { PAGES, type PageName } from '@paddock/contracts';
import { createRoute, lazyRouteComponent, type AsyncRouteComponent, type RouteComponent } from '@tanstack/react-router';
import { createElement, useDeferredValue } from 'react';
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
    component: inSlices(lazyRouteComponent(load, component)),
    // Another model or request is another page: what was typed or chosen on the one is not carried to the other.
    remountDeps: ({ params }) => params,
  });
}

/** The router draws a page at once, as one long task; drawn after that, it leaves the browser room for what people do meanwhile. */
function inSlices(page: AsyncRouteComponent<object>): AsyncRouteComponent<object> {
  const Sliced = (props: object) => (useDeferredValue(true, false) ? createElement(page, props) : null);
  return Object.assign(Sliced, { preload: page.preload });
}
