import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';

interface Heading {
  /** The anchor that LegalText gives it. */
  id: string;
  title: string;
  depth: number;
}

/** The headings of a text, for its table of contents; `prefix` as LegalText has it. */
export function contentsOf(source: string, prefix = ''): Heading[] {
  const headings: Heading[] = [];
  visit(fromMarkdown(source), 'heading', (node) => {
    headings.push({ id: `${prefix}section-${headings.length + 1}`, title: toString(node), depth: node.depth });
  });
  return headings;
}
