export const DOWNLOADS = {};
