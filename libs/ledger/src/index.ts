export * from './canonical.js';
export * from './entry.js';
export { EMPTY_ROOT, hashChildren, hashLeaf, ProofFault, type Whole } from './tree/hash.js';
export * from './tree/inclusion.js';
export * from './tree/consistency.js';
export * from './tree/proofs.js';
