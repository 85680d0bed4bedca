export * from './audit/filters.js';
export * from './audit/rows.js';
export * from './audit/kinds.js';
export * from './audit/counts.js';
export * from './audit/saved-views.js';
export * from './audit/disclosures.js';
