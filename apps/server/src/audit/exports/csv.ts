/** A cell that a spreadsheet would run as a formula begins with one of these (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\r\n]/;

/** RFC 4180, and never a formula. */
export function csvCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : typeof value === 'object' ? JSON.stringify(value) : String(value as number);
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function csvLine(values: readonly unknown[]): string {
  let line = '';
  for (let index = 0; index < values.length; index++) line += index === 0 ? csvCell(values[index]) : `,${csvCell(values[index])}`;
  return `${line}\r\n`;
}
