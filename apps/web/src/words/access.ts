export const ACCESS = {};
