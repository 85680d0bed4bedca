/** Academic second levels by country: `ac.uk`, `edu.au`; and the plain `.edu` of the United States. */
const ACADEMIC = /(?:^|\.)[a-z0-9-]+\.(?:edu|(?:ac|edu)\.[a-z]{2})$/;

/** Whether a mail domain is one that universities alone are given. Others count once an organization has verified them. */
export function isAcademicDomain(domain: string): boolean {
  return ACADEMIC.test(domain);
}

/** Providers where anybody gets an address: one there says nothing of an organization. */
export const FREE_MAIL_DOMAINS: ReadonlySet<string> = new Set([
  '163.com',
  '126.com',
  'aol.com',
  'duck.com',
  'fastmail.com',
  'free.fr',
  'gmail.com',
  'gmx.com',
  'gmx.de',
  'gmx.net',
  'googlemail.com',
  'hey.com',
  'hotmail.com',
  'icloud.com',
  'laposte.net',
  'libero.it',
  'live.com',
  'mac.com',
  'mail.com',
  'mail.ru',
  'mailbox.org',
  'me.com',
  'msn.com',
  'naver.com',
  'orange.fr',
  'outlook.com',
  'posteo.de',
  'proton.me',
  'protonmail.com',
  'qq.com',
  'rediffmail.com',
  't-online.de',
  'tutanota.com',
  'wanadoo.fr',
  'web.de',
  'yahoo.co.jp',
  'yahoo.com',
  'yandex.ru',
  'ymail.com',
  'zoho.com',
]);

/** What follows the last `@`, in lower case; undefined where there is none. */
export function mailDomain(email: string): string | undefined {
  const at = email.lastIndexOf('@');
  return at > 0 && at < email.length - 1 ? email.slice(at + 1).toLowerCase() : undefined;
}

/** A mailbox proves its very domain: neither the one above it (anybody's mail lies in `com`) nor those below. */
export function provesDomain(verifiedEmail: string, domain: string): boolean {
  return !FREE_MAIL_DOMAINS.has(domain) && mailDomain(verifiedEmail) === domain;
}
