import { pageRoute } from './page-route.js';

const list = () => import('../pages/catalog/CatalogPage.js');

export const CATALOG_ROUTES = [
  pageRoute('catalog', list, 'CatalogPage'),
  pageRoute('models', list, 'CatalogPage'),
  pageRoute('model', () => import('../pages/catalog/ModelPage.js'), 'ModelPage'),
  pageRoute('release', () => import('../pages/catalog/ReleasePage.js'), 'ReleasePage'),
];
