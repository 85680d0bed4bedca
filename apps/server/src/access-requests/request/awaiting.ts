import { AWAITING_STATES } from '@paddock/domain';

/** The states in which a person's decision is awaited, as SQL: a partial index holds exactly these. */
export const AWAITING = `(${AWAITING_STATES.map((state) => `'${state}'`).join(', ')})`;
