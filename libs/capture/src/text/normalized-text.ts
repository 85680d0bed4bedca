/** The text that decides whether a policy changed: Unicode NFC, each run of whitespace one space, none at the ends. */
export function normalizedText(text: string): string {
  return text.normalize('NFC').replaceAll(/\s+/g, ' ').trim();
}
