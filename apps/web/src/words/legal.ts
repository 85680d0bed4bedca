export const LEGAL = {};
