export * from './canonical.js';
export * from './entry.js';
