import { Email } from '@paddock/contracts';

interface MailLink {
  label: string;
  url: string;
}

/** What a feature has to say to somebody; text and HTML are made of it. */
export interface Letter {
  account: string | null;
  /** Whose name it carries to somebody else. */
  about?: string;
  to: string;
  subject: string;
  /** Paragraphs apart by an empty line. */
  body: string;
  /** Where the reader goes on; shown as a button and as a plain address. */
  link?: MailLink;
  /** For reviewers: held for the reader's digest where they asked for one. */
  digest?: 'review';
  /** Not of letters that are held for a digest. */
  attachments?: readonly Attachment[];
}

/** A file that a letter carries: a text that binds by its digest, or bytes of its own. */
export type Attachment = { name: string; mediaType: string } & ({ sha256: string } | { bytes: Buffer });

/** A part of a mail: a letter has one, a digest one for each letter. */
export interface Section {
  heading?: string;
  text: string;
  link?: MailLink;
}

/** Controls, and marks that turn the direction of what follows: none has a place in mail, and a line break in a header would begin another. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;
const LONGEST_SUBJECT = 300;

/** For headers: one line, whatever was put in. */
export function oneLine(text: string): string {
  return text.toWellFormed().replaceAll(UNPRINTABLE, ' ').replaceAll(/ +/g, ' ').trim();
}

export function subjectLine(text: string): string {
  return [...oneLine(text)].slice(0, LONGEST_SUBJECT).join('');
}

/** For bodies: lines end alike, and nothing in them steers a terminal. */
export function paragraphs(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(UNPRINTABLE, (letter) => (letter === '\n' || letter === '\t' ? letter : ''))
    .trim();
}

export function sectionOf({ body, link }: Letter): Section {
  return { text: paragraphs(body), ...(link && { link: { label: oneLine(link.label), url: oneLine(link.url) } }) };
}

/** The text part. */
export function plainText(sections: readonly Section[]): string {
  return sections
    .map(({ heading, text, link }) => [heading && `* ${heading}`, text, link && `${link.label}:\n${link.url}`].filter(Boolean).join('\n\n'))
    .join('\n\n');
}

/** Exactly one address, in the form that the API takes. */
export function isAddress(text: string): boolean {
  return Email.safeParse(text).success;
}
