export const STAFF_ROUTES = [];
