/** A path of this portal to go on to. Nothing that a browser could read as another host: `//`, `\`, control characters. */
export function isLocalPath(path: string): boolean {
  // oxlint-disable-next-line no-control-regex
  if (!/^\/(?![/\\])[^\\\u0000-\u001f\u007f]*$/u.test(path) || !path.isWellFormed()) return false;
  const url = path.split(/[?#]/)[0]!;
  // What a browser takes for a host begins with two slashes once dots are resolved.
  return !/^\/(\.{1,2}\/)*\//.test(url);
}
