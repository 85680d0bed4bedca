export const GRANTS = {};
