const FORM = /^(\d{4}-){3}\d{3}[\dX]$/;

/** Whether the text is an ORCID iD as it is written (0000-0002-1825-0097), its last character the check of ISO 7064 mod 11-2. */
export function isOrcid(text: string): boolean {
  if (!FORM.test(text)) return false;
  const digits = text.replaceAll('-', '');
  let total = 0;
  for (const digit of digits.slice(0, -1)) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return digits.at(-1) === (check === 10 ? 'X' : String(check));
}
