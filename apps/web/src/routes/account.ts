export const ACCOUNT_ROUTES = [];
