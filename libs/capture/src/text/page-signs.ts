import { Parser } from 'htmlparser2';

/** Browsers flatten what is deeper (512 in Chromium); the time of reading grows with the square of depth. */
export const MAX_DEPTH = 512;

/** What a page says about itself beside its text. */
export interface PageSigns {
  title: string | null;
  /** Whether it asks for a password. */
  asksForPassword: boolean;
  /** How deep elements stand in elements; reading ends where that is more than MAX_DEPTH. */
  depth: number;
}

/** Reads a page's title and forms; any input is a page. */
export function pageSigns(html: string): PageSigns {
  let title: string | null = null;
  let asksForPassword = false;
  let inTitle = false;
  let [open, depth] = [0, 0];
  const parser = new Parser({
    onopentag(name, { type }) {
      depth = Math.max(depth, ++open);
      if (depth > MAX_DEPTH) parser.pause();
      // The first title is the page's; an SVG has titles of its own.
      if (name === 'title' && title === null) [inTitle, title] = [true, ''];
      else if (name === 'input' && type?.toLowerCase() === 'password') asksForPassword = true;
    },
    ontext(text) {
      if (inTitle) title += text;
    },
    onclosetag(name) {
      open--;
      if (name === 'title') inTitle = false;
    },
  });
  parser.end(html);
  return { title: title === null ? null : (title as string).replaceAll(/\s+/g, ' ').trim() || null, asksForPassword, depth };
}
