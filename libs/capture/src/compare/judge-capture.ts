export interface PreviousCapture {
  text: string;
  mediaType: string;
}

export interface CapturedText {
  status: number;
  text: string;
  mediaType: string;
  /** The page itself, where it is one: forms and titles tell sign-in and error pages. */
  html?: string;
  finalUrl: string;
  sourceUrl: string;
}

export type FaultReason = 'http-error' | 'empty' | 'shrunk' | 'login-page' | 'error-page' | 'media-type-changed';

export type Judgement = { outcome: 'first' | 'seen' | 'changed' } | { outcome: 'failed'; reason: FaultReason; detail: string };

/** What a capture is, against the last good one. */
export function judgeCapture(_previous: PreviousCapture | null, _now: CapturedText): Judgement {
  throw new Error('not yet written');
}
