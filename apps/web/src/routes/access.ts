export const ACCESS_ROUTES = [];
