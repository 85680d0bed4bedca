/** What of a model is open, licensed, or kept back. "Open source" is disputed; this says what, not whether. */
export type OpennessState = 'open' | 'licensed' | 'closed';

/** Of the Model Openness Framework (White et al., 2024, arXiv:2403.13784): III asks least, I asks all. */
export const MOF_CLASSES = ['III', 'II', 'I'] as const;
export type MofClass = (typeof MOF_CLASSES)[number];

interface Component {
  meaning: string;
  /** The class that first asks for it; null for what the framework does not know. */
  mof: MofClass | null;
}

/** The components of a model. The framework's optional ones are left out. */
export const OPENNESS_COMPONENTS = {
  weights: { meaning: 'The final parameters', mof: 'III' },
  architecture: { meaning: 'The code that says how the network is built', mof: 'III' },
  paper: { meaning: 'A technical report or research paper', mof: 'III' },
  evaluation: { meaning: 'Results of evaluations', mof: 'III' },
  'model-card': { meaning: 'The model card', mof: 'III' },
  'data-card': { meaning: 'What the training data is, card by card', mof: 'III' },
  'inference-code': { meaning: 'Code that runs the model', mof: 'II' },
  'training-code': { meaning: 'Code that trained it', mof: 'II' },
  'evaluation-code': { meaning: 'Code that evaluated it', mof: 'II' },
  'evaluation-data': { meaning: 'The data that it was evaluated on', mof: 'II' },
  'training-data': { meaning: 'The data that it was trained on', mof: 'I' },
  'preprocessing-code': { meaning: 'Code that made that data', mof: 'I' },
  'intermediate-weights': { meaning: 'Parameters from on the way', mof: 'I' },
  'responsible-use-guide': { meaning: 'A guide to responsible use', mof: null },
  'energy-and-cost': { meaning: 'What training took in energy and money', mof: null },
} as const satisfies Record<string, Component>;
export type OpennessDimension = keyof typeof OPENNESS_COMPONENTS;
export const OPENNESS_DIMENSIONS = Object.keys(OPENNESS_COMPONENTS) as OpennessDimension[];

export type DeclaredOpenness = Partial<Record<OpennessDimension, OpennessState>>;

export interface OpennessLabel {
  dimensions: { dimension: OpennessDimension; state: OpennessState }[];
  /** How many dimensions are open to everyone. */
  open: number;
  of: number;
}

/** `declared` is the publisher's word for all but the weights, whose state follows from the terms in force. */
export function opennessLabel(weights: OpennessState, declared: DeclaredOpenness): OpennessLabel {
  const dimensions = OPENNESS_DIMENSIONS.map((dimension) => ({
    dimension,
    state: dimension === 'weights' ? weights : (declared[dimension] ?? 'closed'),
  }));
  return { dimensions, open: dimensions.filter(({ state }) => state === 'open').length, of: dimensions.length };
}

export interface MofStanding {
  /** The best class whose components are all open; null where not even the least is reached. */
  class: MofClass | null;
  /** What keeps it from the next class; empty in class I. */
  missing: OpennessDimension[];
}

/** Where a label stands in the framework, which asks for open licenses: weights count under an OSI-approved one alone. */
export function mofStanding({ dimensions }: OpennessLabel, osiApproved: boolean): MofStanding {
  const closed = dimensions.filter(({ dimension, state }) => state !== 'open' || (dimension === 'weights' && !osiApproved));
  let reached: MofClass | null = null;
  for (const mof of MOF_CLASSES) {
    const missing = closed.map(({ dimension }) => dimension).filter((dimension) => OPENNESS_COMPONENTS[dimension].mof === mof);
    if (missing.length > 0) return { class: reached, missing };
    reached = mof;
  }
  return { class: reached, missing: [] };
}
