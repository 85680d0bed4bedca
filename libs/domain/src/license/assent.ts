import { Refusal } from '../refusal.js';
import type { AssentEffect } from './binding.js';

export type PresentationState = 'presented' | 'accepted' | 'declined' | 'expired' | 'outdated';

export interface Attestation {
  id: string;
  text: string;
}

/** Through what a presentation reached the person. */
export const SURFACES = {
  page: 'a page of the portal',
  api: 'the portal’s API: the person’s own program showed it',
  cli: 'the command line',
} as const;
export type Surface = keyof typeof SURFACES;

export interface ShownDocument {
  kind?: 'license' | 'policy';
  title: string;
  sha256: string;
  /** Of a policy: when its text was captured (RFC 3339). */
  capturedAt?: string;
}

/** What the signer saw around the documents: the words of the label and the button are part of the evidence. */
export interface AssentScreen {
  label: string;
  button: string;
  /** Each with a box that was unchecked. */
  attestations: readonly Attestation[];
}

/** The whole screen, as it is kept: with the documents in the order in which they stood. */
export interface ShownScreen extends AssentScreen {
  documents: readonly ShownDocument[];
  /** Of a page: the SHA-256 of its template, and of everything that it loads. */
  page?: { template: string; build: string };
}

/** Throws where the publisher wants the agreement read on the portal's page, and it was shown elsewhere. */
export function refuseOtherSurface(surface: Surface, required: 'any' | 'page'): void {
  if (required === 'page' && surface !== 'page')
    throw new Refusal('page-required', 'This license is accepted on the page of the portal that shows its documents.');
}

export interface AcceptCommand {
  typedName: string;
  attestations: Readonly<Record<string, boolean>>;
  assented: boolean;
}

export interface PresentationFacts {
  state: PresentationState;
  expiresAt: number;
  /** The id of the agreement that was shown, and the one that would be shown now. */
  agreementShown: string;
  agreementNow: string;
  /** Of the two, for the person to read; not judged. */
  differences?: readonly unknown[];
  /** Whether accepting would have bound the licensee, or joined their acceptance for a member alone: then and now. */
  effectShown: AssentEffect;
  effectNow: AssentEffect;
}

/** Throws unless this presentation can still end. */
export function refuseEndedPresentation(facts: Pick<PresentationFacts, 'state' | 'expiresAt'>, now: number): void {
  if (facts.state !== 'presented') {
    throw new Refusal('presentation-ended', `This presentation is ${facts.state}.`, { state: facts.state });
  }
  if (now >= facts.expiresAt) {
    throw new Refusal('presentation-expired', `It could be answered until ${new Date(facts.expiresAt).toISOString()}.`, {
      state: 'expired',
    });
  }
}

export function refuseOutdatedPresentation(facts: PresentationFacts): void {
  if (facts.agreementShown !== facts.agreementNow) {
    throw new Refusal('presentation-outdated', 'The agreement changed after these documents were shown.', {
      state: 'outdated',
      shown: facts.agreementShown,
      current: facts.agreementNow,
      differences: facts.differences ?? [],
    });
  }
  if (facts.effectShown !== facts.effectNow) {
    throw new Refusal('presentation-outdated', 'The organization’s own acceptance changed after these documents were shown.', {
      state: 'outdated',
    });
  }
}

/** Throws unless everything that the screen asked for was given, expressly. */
export function refuseIncompleteAssent(screen: AssentScreen, command: AcceptCommand): void {
  const missing = screen.attestations.filter(({ id }) => command.attestations[id] !== true).map(({ id }) => id);
  const unknown = Object.keys(command.attestations).filter((id) => !screen.attestations.some((attestation) => attestation.id === id));
  const fields = [
    ...(command.typedName.trim().length < 2 ? ['typedName'] : []),
    ...(command.assented ? [] : ['assented']),
    ...[...missing, ...unknown].map((id) => `attestations.${id}`),
  ];
  if (fields.length > 0) throw new Refusal('assent-incomplete', `Missing or not confirmed: ${fields.join(', ')}.`, { fields });
}
