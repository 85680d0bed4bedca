import { findChromium } from '@paddock/capture';
import { createClient } from '@redis/client';
import type { Config } from '../config.js';
import { SmtpSession } from '../mail/sending/smtp-session.js';
import { broken, look, well, type Finding } from './finding.js';

/** Whether the mail server takes us as who we are; nothing is sent. */
export async function examineMail({ PADDOCK_SMTP_URL: url }: Config): Promise<Finding[]> {
  if (!url) return [look('mail', 'no mail server is configured', 'Set PADDOCK_SMTP_URL and PADDOCK_MAIL_FROM, or read mail at /outbox.')];
  await new SmtpSession(new URL(url)).greet();
  return [well('mail', `${new URL(url).hostname} lets us in`)];
}

export async function examineRedis({ PADDOCK_REDIS_URL: url }: Config): Promise<Finding[]> {
  if (!url) return [];
  const client = createClient({ url, socket: { reconnectStrategy: false } }).on('error', () => undefined);
  await client.connect();
  try {
    await client.ping();
  } finally {
    client.destroy();
  }
  return [well('redis', 'it answers')];
}

/** Throws AdapterFailure where the configured one cannot be run. */
export async function examineBrowser({ PADDOCK_CHROMIUM: configured }: Config): Promise<Finding[]> {
  if (configured === 'none') return [well('browser', 'none is wanted: dated PDFs are typeset from the text')];
  const found = findChromium(configured);
  const remedy = 'Install Chromium, or set PADDOCK_CHROMIUM=none to say that this is meant.';
  return [
    found ? well('browser', `${found} prints dated PDFs`) : look('browser', 'there is none: dated PDFs are typeset from the text', remedy),
  ];
}

/** The portal as its users reach it: whether it is ready, and what of it is impaired. */
export async function examinePortal({ PADDOCK_PUBLIC_URL: configured, PADDOCK_PORT: port }: Config): Promise<Finding[]> {
  const url = configured ?? `http://127.0.0.1:${port}`;
  const answer = await fetch(new URL('/health/ready', url), { redirect: 'error' }).catch(() => undefined);
  if (!answer) return [look('portal', `nothing answers at ${url}`, 'Start it, or look at the proxy in front of it.')];
  const standing = (await answer.json().catch(() => ({}))) as { state?: string; impaired?: Record<string, string> };
  if (standing.state !== 'ready')
    return [broken('portal', `it is not ready at ${url} (HTTP ${answer.status})`, 'Mend what is broken above, and look at its log.')];
  const impaired = Object.entries(standing.impaired ?? {});
  if (impaired.length === 0) return [well('portal', `it is ready at ${url}`)];
  return impaired.map(([part, reason]) => broken(part, `the portal says: ${reason}`, 'docs/runbooks says what to do.'));
}
