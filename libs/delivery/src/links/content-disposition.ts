/**
 * The value of a Content-Disposition header that saves an artifact under its own file name, the last segment of its path.
 * RFC 6266: `filename` holds printable ASCII; names beyond it also get `filename*` in RFC 8187 encoding.
 */
export function contentDisposition(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1) || 'artifact';
  // Some clients decode %XX in a quoted name, so a percent sign counts as beyond ASCII too.
  const ascii = name.replace(/[^\x20-\x7e]|%/gu, '_');
  const quoted = ascii.replace(/["\\]/g, '\\$&');
  return `attachment; filename="${quoted}"` + (ascii === name ? '' : `; filename*=UTF-8''${encodeExtValue(name)}`);
}

/** RFC 8187 section 3.2.1: attr-char is narrower than what encodeURIComponent leaves alone. */
function encodeExtValue(name: string): string {
  return encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (character) => `%${character.codePointAt(0)!.toString(16).toUpperCase()}`,
  );
}
