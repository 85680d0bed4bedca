import * as audit from '../audit.js';
import { listOf } from '../fields.js';
import { AskOverview, Overview } from '../overview.js';
import { get, post, remove, type Operation } from './operation.js';

/** A list and its counts for each kind. */
const KINDS: Operation[] = audit.AUDIT_KIND_NAMES.flatMap((kind) => {
  const { title, filters, row } = audit.AUDIT_KINDS[kind];
  return [
    get(
      `/api/v1/audit/${kind}`,
      `${title}; also as text/csv, application/x-ndjson and application/vnd.apache.parquet`,
      'audit',
      listOf(row),
      filters,
    ),
    get(`/api/v1/audit/${kind}/counts`, `${title}: how many over time`, 'audit', audit.Counts, audit.countsQuery(kind)),
  ];
});

/** What staff and external auditors look up. */
export const AUDIT_OPERATIONS: readonly Operation[] = [
  ...KINDS,
  get('/api/v1/audit/saved-views', 'One’s own saved views, and those shared with one', 'person', listOf(audit.SavedView)),
  post('/api/v1/audit/saved-views', 'Save the filters of a kind under a name', 'person', audit.SaveView, audit.SavedView),
  remove('/api/v1/audit/saved-views/{id}', 'Delete one’s own saved view', 'person'),
  get('/api/v1/overview', 'What happened in a time, as figures alone, for staff', 'audit', Overview, AskOverview),
  get('/api/v1/audit/disclosures', 'Who was shown which personal data', 'person', listOf(audit.Disclosure), audit.ListDisclosures),
];
