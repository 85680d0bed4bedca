import { html } from '../http/html.js';

export interface IndexedFile {
  path: string;
  /** In bytes. */
  size: number;
  sha256: string;
}

/** What a dossier holds, for people: paths are all that a page beside the files needs. */
export function indexPage(licensee: string, files: readonly IndexedFile[]): string {
  const rows = files.map(
    ({ path, size, sha256 }) =>
      html`<tr>
        <td><a href="${path}">${path}</a></td>
        <td>${size}</td>
        <td><code>${sha256}</code></td>
      </tr> `,
  );
  return html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <title>Dossier of ${licensee}</title>
      <h1>Dossier of the licensee ${licensee}</h1>
      <p>
        Requests, decisions, agreements with their documents, acceptances with their evidence, grants and downloads, as the portal has
        recorded them. The files in <code>evidence/</code> verify offline with <code>paddock verify</code>.
        <a href="index.json">index.json</a> is this list for machines.
      </p>
      <table>
        <thead>
          <tr>
            <th>file</th>
            <th>bytes</th>
            <th>SHA-256</th>
          </tr>
        </thead>
        <tbody>
          ${rows}
        </tbody>
      </table>
    </html> `.text;
}
