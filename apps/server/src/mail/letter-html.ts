import { html, type Html } from '../http/html.js';
import type { Section } from './letter.js';

const FRAME = 'margin:0 auto;max-width:36em;padding:1.5em;font:16px/1.5 system-ui,sans-serif;color:#1a1a1a';
const BUTTON = 'display:inline-block;padding:.6em 1.2em;border-radius:4px;background:#1a4f8b;color:#ffffff;text-decoration:none';
const ADDRESS = 'font-size:14px;color:#555555;word-break:break-all';

/** The HTML part: the same words as the text part, styles in place, nothing fetched from anywhere. */
export function letterHtml(subject: string, sections: readonly Section[]): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${subject}</title>
      </head>
      <body style="margin:0">
        <div style="${FRAME}">${sections.map(sectionHtml)}</div>
      </body>
    </html>`.text;
}

function sectionHtml({ heading, text, link }: Section): Html {
  const lines = text
    .split(/\n{2,}/)
    .map((paragraph) => html`<p>${paragraph.split('\n').map((line, index) => html`${index > 0 && html`<br />`}${line}`)}</p>`);
  return html`${heading && html`<h2 style="font-size:18px">${heading}</h2>`}${lines}${link && linkHtml(link)}`;
}

/** Only the web's own addresses become links: anything else is shown. */
function linkHtml({ label, url }: { label: string; url: string }): Html {
  if (!/^https?:\/\//.test(url)) return html`<p>${label}: ${url}</p>`;
  return html`<p><a href="${url}" style="${BUTTON}">${label}</a></p>
    <p style="${ADDRESS}">${url}</p>`;
}
