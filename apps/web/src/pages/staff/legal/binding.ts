import type { Reacceptance } from '@paddock/domain';

export interface Binding {
  /** RFC 3339, or empty for at once. */
  effectiveFrom: string;
  reacceptance: Reacceptance;
  reacceptFrom: string;
}

export const AT_ONCE: Binding = { effectiveFrom: '', reacceptance: 'inform', reacceptFrom: '' };

/** As the API takes it. */
export const bindingOf = ({ effectiveFrom, reacceptance, reacceptFrom }: Binding) => ({
  reacceptance,
  ...(effectiveFrom && { effectiveFrom }),
  ...(reacceptance === 'by-date' && reacceptFrom && { reacceptFrom }),
});
