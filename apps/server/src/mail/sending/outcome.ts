import { oneLine } from '../letter.js';

/** What came of an attempt, in the mail server's words where it had some. `unconfirmed`: nobody can know. */
export interface Outcome {
  kind: 'sent' | 'refused' | 'unconfirmed' | 'retry';
  words: string;
}

interface SmtpFault {
  message: string;
  response?: string;
  responseCode?: number;
  command?: string;
}

/**
 * A refusal is final when it is about this mail: its recipient, or the whole message (RFC 5321, section 4.2.1). Sender,
 * password and server can be mended, so they are tried again. Once the server had the whole message, only its own
 * words tell what it did with it.
 */
export function outcomeOf(error: unknown, whole: boolean): Outcome {
  const { message, response, responseCode, command } = error as SmtpFault;
  const words = oneLine(response ?? message);
  const isFinal = responseCode !== undefined && responseCode >= 500 && responseCode < 600;
  if (isFinal && (whole || command === 'RCPT TO')) return { kind: 'refused', words };
  return { kind: whole && responseCode === undefined ? 'unconfirmed' : 'retry', words };
}
