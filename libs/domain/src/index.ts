export * from './adapter-failure.js';
export * from './catalog/artifact-path.js';
export * from './catalog/model-file/model-file-fault.js';
export * from './catalog/model-file/model-header.js';
