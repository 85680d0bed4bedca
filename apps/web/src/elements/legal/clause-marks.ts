import type { Parent, PhrasingContent, Root, RootContent, Text } from 'mdast';

/** A stretch of the source text, in UTF-16 units, that is shown as one clause. */
interface ClauseRange {
  /** Of the anchor that leads to it. */
  id: string;
  start: number;
  end: number;
}

/** Ranges of the API count bytes of UTF-8; a string counts UTF-16 units. */
export function rangesOf(bytes: Uint8Array, clauses: readonly { start: number; end: number }[]): ClauseRange[] {
  const decoder = new TextDecoder();
  const units = (end: number) => decoder.decode(bytes.subarray(0, end)).length;
  return clauses.map(({ start, end }, index) => ({ id: `clause-${index + 1}`, start: units(start), end: units(end) }));
}

/**
 * A remark plugin: numbers the headings (`section-1`, …, after the prefix where several texts share a page) and marks the words of each clause. A clause that runs through several
 * pieces of the text is marked in each; the first carries its anchor.
 */
export function markClauses({ source, ranges, prefix = '' }: { source: string; ranges: readonly ClauseRange[]; prefix?: string }) {
  return (tree: Root): void => {
    const anchored = new Set<string>();
    let section = 0;
    const walk = (parent: Parent): void => {
      parent.children = parent.children.flatMap((node): RootContent[] => {
        if (node.type === 'heading') node.data = { hProperties: { id: `${prefix}section-${(section += 1)}` } } as never;
        if (node.type === 'text') return markedPieces(node, source, ranges, anchored);
        if ('children' in node) walk(node);
        return [node];
      });
    };
    walk(tree);
  };
}

function markedPieces(node: Text, source: string, ranges: readonly ClauseRange[], anchored: Set<string>): PhrasingContent[] {
  const from = node.position?.start.offset;
  const to = node.position?.end.offset;
  if (from === undefined || to === undefined) return [node];
  const exact = source.slice(from, to) === node.value;
  const pieces: PhrasingContent[] = [];
  let done = 0;
  for (const range of ranges.filter(({ start, end }) => start < to && end > from).toSorted((a, b) => a.start - b.start)) {
    // Where Markdown wrote the words otherwise (an escape, an entity), the whole piece is marked.
    const begin = exact ? Math.max(range.start - from, done) : done;
    const end = exact ? Math.min(range.end - from, node.value.length) : node.value.length;
    if (end <= begin) {
      // Within another clause's words: a place to come to, and no second mark.
      if (!anchored.has(range.id)) pieces.push(marked('', range.id));
      anchored.add(range.id);
      continue;
    }
    if (begin > done) pieces.push({ type: 'text', value: node.value.slice(done, begin) });
    pieces.push(marked(node.value.slice(begin, end), anchored.has(range.id) ? undefined : range.id));
    anchored.add(range.id);
    done = end;
  }
  if (done < node.value.length) pieces.push({ type: 'text', value: node.value.slice(done) });
  return pieces;
}

/** `hName` is how mdast-util-to-hast is told which element a node becomes. */
function marked(value: string, id: string | undefined): PhrasingContent {
  return { type: 'emphasis', data: { hName: 'mark', hProperties: id ? { id } : {} } as never, children: [{ type: 'text', value }] };
}
