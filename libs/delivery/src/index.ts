export * from './links/byte-range.js';
export * from './links/content-disposition.js';
export * from './links/signed-link.js';
