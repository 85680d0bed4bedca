export * from './links/aria2-input.js';
export * from './links/byte-range.js';
export * from './links/content-disposition.js';
export * from './links/download-script.js';
export * from './links/link-manifest.js';
export * from './links/signed-link.js';
