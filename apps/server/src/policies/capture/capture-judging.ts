import { judgeCapture } from '@paddock/capture';
import type { Base } from './compared-texts.js';
import { sameText } from './compared-texts.js';
import type { CapturedPage } from './page-capture.js';

export type Verdict =
  { outcome: 'seen'; snapshot: string } | { outcome: 'changed'; despite?: string } | { outcome: 'failed'; reason: string; detail: string };

/**
 * What a look at a source is: the text that is known, another one, or a failure that never becomes the policy. `despite`
 * lists signs of failure that a publisher has looked at and lets pass.
 */
export function judge(sourceUrl: string, captured: CapturedPage, base: Base, despite: readonly string[]): Verdict {
  const { page, answer, failure } = captured;
  if (failure || !page || !answer) return { outcome: 'failed', ...(failure ?? { reason: 'empty', detail: 'No answer came.' }) };
  // A page that is back at what is in force has not changed the policy, whatever it showed in between.
  const previous = base.inForce && sameText(base.inForce.text, page.text.text) ? base.inForce : base.last;
  const html = page.mediaType.includes('html') ? page.bytes.toString('utf8') : undefined;
  const verdict = judgeCapture(previous && { text: previous.text, mediaType: previous.mediaType }, {
    status: answer.status,
    text: page.text.text,
    mediaType: page.mediaType,
    finalUrl: answer.url,
    sourceUrl,
    ...(html !== undefined && { html }),
  });
  if (verdict.outcome === 'seen' && previous) return { outcome: 'seen', snapshot: previous.snapshot };
  if (verdict.outcome !== 'failed') return { outcome: 'changed' };
  return despite.includes(verdict.reason) ? { outcome: 'changed', despite: verdict.reason } : verdict;
}
