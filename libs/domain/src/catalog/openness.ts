/** What of a model is open, licensed, or kept back. "Open source" is disputed; this says what, not whether. */
export const OPENNESS_DIMENSIONS = ['weights', 'inference-code', 'training-code', 'training-data', 'paper', 'model-card'] as const;
export type OpennessDimension = (typeof OPENNESS_DIMENSIONS)[number];
export type OpennessState = 'open' | 'licensed' | 'closed';

export interface OpennessLabel {
  dimensions: { dimension: OpennessDimension; state: OpennessState }[];
  /** How many dimensions are open to everyone. */
  open: number;
  of: number;
}

/** `declared` is the publisher's word for all but the weights, whose state follows from the terms in force. */
export function opennessLabel(weights: OpennessState, declared: Partial<Record<OpennessDimension, OpennessState>>): OpennessLabel {
  const dimensions = OPENNESS_DIMENSIONS.map((dimension) => ({
    dimension,
    state: dimension === 'weights' ? weights : (declared[dimension] ?? 'closed'),
  }));
  return { dimensions, open: dimensions.filter(({ state }) => state === 'open').length, of: dimensions.length };
}
