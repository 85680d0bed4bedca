export const ACCEPTANCE = {};
