export * from './adapter-failure.js';
