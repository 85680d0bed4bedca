export const LEGAL_ROUTES = [];
