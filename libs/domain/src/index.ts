export * from './adapter-failure.js';
export * from './catalog/artifact-path.js';
