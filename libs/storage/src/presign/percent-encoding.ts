const unreservedOnly = /^[A-Za-z0-9._~-]*$/;
const unreservedPath = /^[A-Za-z0-9._~/-]*$/;
/** encodeURIComponent leaves these, RFC 3986 reserves them, and Signature Version 4 goes by RFC 3986. */
const leftOver = /[!'()*]/g;

/** All but the unreserved characters of RFC 3986 section 2.3 as %XX of their UTF-8. */
export function percentEncoded(text: string): string {
  return unreservedOnly.test(text) ? text : encodeURIComponent(text).replace(leftOver, escaped);
}

/** The same for a path: its slashes stay. */
export function percentEncodedPath(path: string): string {
  return unreservedPath.test(path) ? path : percentEncoded(path).replaceAll('%2F', '/');
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
