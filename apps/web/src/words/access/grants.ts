export const GRANTS = { grant: 'Access' };
