import { useMemo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import { markClauses, rangesOf } from './clause-marks.js';

/** The text has its own title; the page has the only h1. Pictures are named, never fetched; links tell their target nothing. */
const COMPONENTS: Components = {
  h1: ({ node: _, ...props }) => <h2 {...props} />,
  h2: ({ node: _, ...props }) => <h3 {...props} />,
  h3: ({ node: _, ...props }) => <h4 {...props} />,
  img: ({ alt, src }) => <>{`[${alt ?? ''}](${String(src)})`}</>,
  a: ({ node: _, children, ...props }) => (
    <a {...props} rel="nofollow noopener noreferrer">
      {children}
    </a>
  ),
};

interface Props {
  /** The exact bytes that bind. */
  bytes: Uint8Array;
  /** Stretches of the bytes; the n-th gets the anchor `clause-n`. */
  clauses?: readonly { start: number; end: number }[];
  /** Of the headings’ anchors, where several texts share a page. */
  prefix?: string;
  /** Captured texts are plain: a star in them is a star. */
  plain?: boolean;
}

/** A license (Markdown, as React elements; tags in it as text) or a policy (plain), word for word. */
export function LegalText({ bytes, clauses = [], prefix = '', plain = false }: Props) {
  const source = useMemo(() => new TextDecoder().decode(bytes), [bytes]);
  const ranges = useMemo(() => rangesOf(bytes, clauses), [bytes, clauses]);
  if (plain) return <article className="legal plain">{source}</article>;
  return (
    <article className="legal">
      <Markdown remarkPlugins={[[markClauses, { source, ranges, prefix }]]} components={COMPONENTS}>
        {source}
      </Markdown>
    </article>
  );
}
