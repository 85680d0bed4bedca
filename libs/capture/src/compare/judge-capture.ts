import { essenceOf } from '../text/charset.js';
import { normalizedText } from '../text/normalized-text.js';
import { pageSigns } from '../text/page-signs.js';
import { LEAST_SHARES, SIGNS_OF_ERROR, SIGNS_OF_LOGIN } from './suspicion.js';

export interface PreviousCapture {
  text: string;
  mediaType: string;
}

export interface CapturedText {
  status: number;
  text: string;
  mediaType: string;
  /** The page itself, where it is one: its title and forms tell sign-in and error pages. */
  html?: string;
  /** Where the redirects led. */
  finalUrl: string;
  sourceUrl: string;
}

export type FaultReason = 'http-error' | 'login-page' | 'error-page' | 'empty' | 'media-type-changed' | 'shrunk';

export type Judgement = { outcome: 'first' | 'seen' | 'changed' } | { outcome: 'failed'; reason: FaultReason; detail: string };

interface Evidence {
  previous: (PreviousCapture & { text: string }) | null;
  now: CapturedText;
  /** Normalized. */
  text: string;
  title: string;
  asksForPassword: boolean;
}

/** What makes a capture a failed attempt, in the order in which it is asked; each says why, or nothing. */
const FAULTS: readonly [reason: FaultReason, detailOf: (evidence: Evidence) => string | undefined][] = [
  ['http-error', ({ now: { status } }) => (status === 200 ? undefined : `the source answered with status ${status}`)],
  ['login-page', loginPage],
  ['error-page', errorPage],
  ['empty', ({ text }) => (text === '' ? 'there is no text to read' : undefined)],
  ['media-type-changed', mediaTypeChanged],
  ['shrunk', shrunk],
];

/**
 * What a capture is, against the text of the last good one: the first, seen again, changed, or an attempt that failed. A
 * page that fails here never becomes the policy, whatever it says.
 */
export function judgeCapture(previous: PreviousCapture | null, now: CapturedText): Judgement {
  const { title, asksForPassword } = pageSigns(now.html ?? '');
  const text = normalizedText(now.text);
  const last = previous && { ...previous, text: normalizedText(previous.text) };
  const evidence: Evidence = { previous: last, now, text, title: title ?? '', asksForPassword };
  for (const [reason, detailOf] of FAULTS) {
    const detail = detailOf(evidence);
    if (detail) return { outcome: 'failed', reason, detail };
  }
  if (!last) return { outcome: 'first' };
  return { outcome: last.text === text ? 'seen' : 'changed' };
}

function loginPage({ now, text, title, asksForPassword }: Evidence): string | undefined {
  const { path, title: titled, atMost } = SIGNS_OF_LOGIN;
  if (path.test(pathOf(now.finalUrl)) && !path.test(pathOf(now.sourceUrl))) return 'the source redirects to a sign-in page';
  // A long text with a form in its head is a text.
  if (text.length > atMost) return undefined;
  if (asksForPassword) return 'the page asks for a password';
  return titled.test(title) ? 'the page is titled as a sign-in page' : undefined;
}

function errorPage({ text, title }: Evidence): string | undefined {
  const { heading, atMost } = SIGNS_OF_ERROR;
  if (text.length > atMost) return undefined;
  return heading.test(title) || heading.test(text) ? 'the page reads like an error, with status 200' : undefined;
}

function mediaTypeChanged({ previous, now }: Evidence): string | undefined {
  if (!previous) return undefined;
  const [before, after] = [essenceOf(previous.mediaType), essenceOf(now.mediaType)];
  return before === after ? undefined : `the media type was ${before} and is ${after}`;
}

function shrunk({ previous, text }: Evidence): string | undefined {
  if (!previous) return undefined;
  const before = previous.text.length;
  const least = LEAST_SHARES.find(({ from }) => before >= from)?.share ?? 0;
  return text.length < before * least ? `the text shrank from ${before} to ${text.length} characters` : undefined;
}

function pathOf(url: string): string {
  return URL.parse(url)?.pathname ?? '';
}
