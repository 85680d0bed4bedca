import { ACCOUNT } from './account.js';
import { CATALOG } from './catalog.js';
import { FRAME } from './frame.js';
import { LEGAL } from './legal.js';
import { STAFF } from './staff.js';

/** Every sentence that the pages say, in English. A translation is another object of this type. */
export const words = { frame: FRAME, catalog: CATALOG, legal: LEGAL, account: ACCOUNT, staff: STAFF };
