import { SURFACES, type ShownScreen, type Surface } from './assent.js';

/** What a browser said; nobody but the person's own machine saw it. */
export interface Observation {
  kind: 'opened' | 'scrolled-to-end' | 'checked' | 'unchecked';
  /** A document's SHA-256, or an attestation's id. */
  subject: string;
  /** The browser's clock (RFC 3339). */
  at: string;
}

/** Everything that the portal keeps of one acceptance or decline, and nothing else. */
export interface AssentRecord {
  id: string;
  portal: string;
  outcome: 'accepted' | 'declined';
  surface: Surface;
  screen: ShownScreen;
  agreement: string;
  presentedAt: string;
  answeredAt: string;
  attestations: Readonly<Record<string, boolean>>;
  observations: readonly Observation[];
  /** null once the person was erased. */
  personal: { typedName: string | null; address: string; userAgent: string } | null;
}

const DID = {
  opened: 'opened',
  'scrolled-to-end': 'scrolled to the end of',
  checked: 'checked the box beside',
  unchecked: 'unchecked the box beside',
} as const satisfies Record<Observation['kind'], string>;

/** In plain words, what this person was shown and did, told from the stored record alone. A paragraph each. */
export function declarationOf(record: AssentRecord): string[] {
  return [
    `Declaration about ${record.outcome === 'accepted' ? 'acceptance' : 'decline'} ${record.id}`,
    `On ${record.presentedAt} the portal at ${record.portal} presented these documents through ${SURFACES[record.surface]}, in this order:`,
    ...documentLines(record.screen),
    ...screenLines(record.screen),
    ...observationLines(record),
    answerLine(record),
    `The documents together are the agreement with the SHA-256 ${record.agreement}. This text was printed from the stored record alone.`,
  ];
}

function documentLines({ documents }: ShownScreen): string[] {
  return documents.map(({ title, sha256, capturedAt }, index) => {
    const captured = capturedAt ? `, captured on ${capturedAt}` : '';
    return `${index + 1}. ${title}${captured}. SHA-256 ${sha256}`;
  });
}

function screenLines({ label, button, attestations, page }: ShownScreen): string[] {
  const boxes = attestations.map(({ text }) => `“${text}”`).join(', ');
  return [
    `Below them stood: “${label}”`,
    ...(boxes ? [`Then statements to confirm, each with a box that was not checked: ${boxes}`] : []),
    `The button said “${button}”.`,
    ...(page ? [`The page's template has the SHA-256 ${page.template}; what it loaded has the SHA-256 ${page.build}.`] : []),
  ];
}

function observationLines({ observations, screen }: AssentRecord): string[] {
  if (observations.length === 0) return [];
  const named = (subject: string) =>
    screen.documents.find(({ sha256 }) => sha256 === subject)?.title ??
    screen.attestations.find(({ id }) => id === subject)?.text ??
    subject;
  return [
    'Reported by the browser, which the portal cannot verify:',
    ...observations.map(({ kind, subject, at }) => `- ${at}: ${DID[kind]} “${named(subject)}”`),
  ];
}

function answerLine({ outcome, answeredAt, personal, attestations, screen }: AssentRecord): string {
  const who = personal
    ? `from the address ${personal.address}, with ${personal.userAgent || 'a program that gave no name'}`
    : 'whose identity was erased since';
  if (outcome === 'declined') return `On ${answeredAt} the person declined, ${who}.`;
  const confirmed = screen.attestations.filter(({ id }) => attestations[id]).length;
  const name = personal?.typedName ? `typed the name “${personal.typedName}”, ` : '';
  return `On ${answeredAt} the person ${name}confirmed ${confirmed} of ${screen.attestations.length} statements and assented expressly, ${who}.`;
}
