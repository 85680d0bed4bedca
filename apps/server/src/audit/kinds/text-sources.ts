const person = (alias: string, p: string) => `(${alias}.name ILIKE ${p} OR ${alias}.email ILIKE ${p})`;

/** Where names stand, and the ids of what bears one like `p`; trigrams find it without reading all. */
export const TEXT_SOURCES = {
  person: (p: string) => `SELECT p.account_id FROM person p WHERE ${person('p', p)}`,
  licensee: (p: string) => `
    SELECT k.id FROM licensee k JOIN person p ON p.account_id = k.account_id WHERE ${person('p', p)}
    UNION ALL SELECT k.id FROM licensee k JOIN organization o ON o.id = k.organization_id WHERE o.legal_name ILIKE ${p}`,
  holder: (p: string) => `SELECT h.id FROM holder h JOIN person p ON p.account_id = h.account_id WHERE ${person('p', p)}`,
  model: (p: string) => `SELECT m.id FROM model m WHERE m.slug ILIKE ${p}`,
  license: (p: string) => `SELECT l.id FROM license l WHERE l.slug ILIKE ${p}`,
  licenseVersion: (p: string) => `SELECT v.id FROM license_version v JOIN license l ON l.id = v.license_id WHERE l.slug ILIKE ${p}`,
  /** The row's own words. */
  itself: null,
} as const satisfies Record<string, ((p: string) => string) | null>;

export type TextSource = keyof typeof TEXT_SOURCES;

/** Free text is looked for as it stands: `%` and `_` are letters like others. */
export function likePattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}
