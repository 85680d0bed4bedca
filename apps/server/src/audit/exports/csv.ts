/** A cell that a spreadsheet would run as a formula begins with one of these (OWASP, CSV injection). */
const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\r\n]/;

/** RFC 4180, and never a formula. */
export function csvCell(text: string | null | undefined): string {
  if (text === null || text === undefined) return '';
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Of the first `cells` values. */
export function csvLine(values: readonly (string | null)[], cells: number = values.length): string {
  let line = csvCell(values[0]);
  for (let index = 1; index < cells; index++) line += `,${csvCell(values[index])}`;
  return `${line}\r\n`;
}
