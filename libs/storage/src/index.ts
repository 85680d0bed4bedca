export { cloudFrontSigner } from './cloudfront/signer.js';
export type { CloudFrontOptions } from './cloudfront/signer.js';
export { diskStore } from './disk.js';
export type { DiskStoreOptions } from './disk.js';
export type * from './object-store.js';
export { presigner } from './presign/presigner.js';
export type { PresignerOptions } from './presign/presigner.js';
export { s3Store } from './s3.js';
export type { S3StoreOptions } from './s3.js';
