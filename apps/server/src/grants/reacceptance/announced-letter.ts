import { reacceptanceOf } from '@paddock/domain';
import type { Letter } from '../../mail/letter.js';

/** A text that will bind, as rows have it. */
export interface AnnouncedText {
  title: string;
  /** Of its page. */
  path: string;
  effective_from: Date;
  reaccept_from: Date | null;
}

const day = (time: Date) => `${time.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** What a licensee is told of a text that follows the one they accepted, and what it asks of them. */
export function announcedLetter(text: AnnouncedText, model: string, publicUrl: string): Omit<Letter, 'account' | 'to'> {
  const { title, path, effective_from: effectiveFrom, reaccept_from: reacceptFrom } = text;
  const asked = {
    inform: 'What you accepted goes on to bind you. Nothing is asked of you.',
    'by-date': `Read what changed and accept it by ${day(reacceptFrom ?? effectiveFrom)}. After that, links and tokens give nothing until you do.`,
    'at-once': 'From then on, links and tokens give nothing until you have read what changed and accepted it.',
  }[reacceptanceOf({ effectiveFrom, reacceptFrom })];
  return {
    subject: `A new text of ${title}`,
    body: `A new text of ${title} is in force from ${day(effectiveFrom)}.\n\n${asked}`,
    link: reacceptFrom
      ? { label: 'Read what changed, and accept', url: `${publicUrl}/models/${model}/accept` }
      : { label: 'Read the new text', url: `${publicUrl}${path}` },
  };
}
