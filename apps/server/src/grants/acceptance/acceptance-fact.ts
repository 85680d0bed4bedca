import type { PresentationRecord } from './presentation.entity.js';

/** What is sealed of an answer: who gave it, and from where. */
export interface PersonalPart {
  typedName: string | null;
  address: string;
  userAgent: string;
  at: string;
}

/** The rows of an acceptance that its ledger entry is a hash of. */
export interface AnsweredPresentation {
  presentation: Pick<PresentationRecord, 'id' | 'agreementId' | 'screen' | 'licenseeId'>;
  personal: PersonalPart;
  attestations: Record<string, boolean>;
  signer: string;
  joins: string | null;
}

/** The fact as the ledger hashes it, and as evidence opens it years later: it must come out the same from the rows. */
export function acceptanceFact({ presentation, personal, attestations, signer, joins }: AnsweredPresentation): Record<string, unknown> {
  return {
    presentation: presentation.id,
    agreement: presentation.agreementId,
    screen: presentation.screen,
    personal,
    attestations,
    signer,
    licensee: presentation.licenseeId,
    joins,
  };
}
