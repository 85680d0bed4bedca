import { ACCOUNT } from './account.js';
import { CATALOG } from './catalog.js';
import { FRAME } from './frame.js';
import { LEGAL } from './legal.js';
import { STAFF } from './staff.js';

/** What everybody's pages say, in English. The rooms behind a sign-in bring theirs along: `ACCESS`, `OWN` and those of the staff. */
export const words = { frame: FRAME, catalog: CATALOG, legal: LEGAL, account: ACCOUNT, staff: STAFF };
