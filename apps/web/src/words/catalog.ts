export const CATALOG = {};
