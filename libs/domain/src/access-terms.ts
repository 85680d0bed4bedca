import { Refusal } from './refusal.js';

/** How a model opens: after a decision (as LLaMA 1), by acceptance alone (as Llama 2), or to everyone (an OSI license). */
export type Admission = 'application' | 'assent' | 'open';

/** `open` requires a license without assent; the two others one with it. */
export function refuseUnfitTerms(admission: Admission, assent: 'required' | 'none'): void {
  const fits = (admission === 'open') === (assent === 'none');
  if (!fits) throw new Refusal('license-unfit', `Admission \`${admission}\` does not fit a license with assent \`${assent}\`.`);
}
