/** Academic second levels by country: `ac.uk`, `edu.au`; and the plain `.edu` of the United States. */
const ACADEMIC = /(?:^|\.)[a-z0-9-]+\.(?:edu|(?:ac|edu)\.[a-z]{2})$/;

/** Whether a mail domain is one that universities alone are given. Others count once an organization has verified them. */
export function isAcademicDomain(domain: string): boolean {
  return ACADEMIC.test(domain);
}
