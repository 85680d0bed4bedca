export { diskStore } from './disk.js';
export type { DiskStoreOptions } from './disk.js';
export type * from './object-store.js';
