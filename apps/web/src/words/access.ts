import { ACCEPTANCE } from './access/acceptance.js';
import { DOWNLOADS } from './access/downloads.js';
import { FORM } from './access/form.js';
import { GRANTS } from './access/grants.js';
import { PREREQUISITES } from './access/prerequisites.js';
import { REQUEST } from './access/request.js';
import { STATUS } from './access/status.js';

/** What applicants and licensees read. */
export const ACCESS = {
  form: FORM,
  request: REQUEST,
  status: STATUS,
  prerequisites: PREREQUISITES,
  acceptance: ACCEPTANCE,
  grants: GRANTS,
  downloads: DOWNLOADS,
};
