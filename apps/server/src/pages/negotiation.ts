/** As browsers ask; programs that take anything get the text or a problem document. */
export function wantsHtml(accept = ''): boolean {
  return /\btext\/html\b/i.test(accept);
}
