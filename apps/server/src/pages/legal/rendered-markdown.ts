import MarkdownIt from 'markdown-it';
import { Html } from '../../http/html.js';

/** Others' Markdown as HTML: tags in it are shown as text, scripts and data have no way in through links, pictures are not fetched. */
const markdown = new MarkdownIt({ html: false, linkify: false }).disable('image');

markdown.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
  tokens[index]!.attrSet('rel', 'nofollow noopener noreferrer');
  return self.renderToken(tokens, index, options);
};

/** Marks that stand for places while the text is rendered: one letter of a private use area for each. */
const FIRST_MARK = 0xe000;
const MARKS = /[\ue000-\ue0ff]/g;
const MOST_MARKS = 256;
/** What begins a block in Markdown: a mark before it would make it a paragraph. */
const BLOCK_BEGIN = /^(?: {0,3}(?:#{1,6}[ \t]+|[-*+][ \t]+|\d{1,9}[.)][ \t]+|>[ \t]?))+/;

/**
 * The text as HTML, with an anchor `clause-1`, `clause-2`, … where each of the places begins; `places` are byte offsets into
 * the text. A text that uses the letters of the marks itself is rendered without anchors.
 */
export function renderedMarkdown(body: Buffer, places: readonly number[] = []): Html {
  const text = body.toString('utf8');
  const marked = MARKS.test(text) || places.length > MOST_MARKS ? text : withMarks(body, places);
  return new Html(withAnchors(markdown.render(marked)));
}

function withMarks(body: Buffer, places: readonly number[]): string {
  const parts = places
    .map((place, index) => ({ place, mark: String.fromCharCode(FIRST_MARK + index) }))
    .toSorted((a, b) => b.place - a.place)
    .reduce<{ rest: string[]; end: number }>(
      ({ rest, end }, { place, mark }) => {
        const after = body.toString('utf8', place, end);
        const begin = startsLine(body, place) ? (BLOCK_BEGIN.exec(after)?.[0].length ?? 0) : 0;
        return { rest: [after.slice(0, begin), mark, after.slice(begin), ...rest], end: place };
      },
      { rest: [], end: body.length },
    );
  return [body.toString('utf8', 0, parts.end), ...parts.rest].join('');
}

const startsLine = (body: Buffer, place: number) => place === 0 || body[place - 1] === 0x0a;

/** Within a tag, such as in an address, a mark would be no anchor: it is dropped there. */
function withAnchors(rendered: string): string {
  return rendered
    .replaceAll(/<[^>]*>/g, (tag) => tag.replaceAll(MARKS, ''))
    .replaceAll(MARKS, (mark) => `<a id="clause-${mark.charCodeAt(0) - FIRST_MARK + 1}"></a>`);
}
