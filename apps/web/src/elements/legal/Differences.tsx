import type { DiffPart } from '@paddock/contracts';
import type { Wire } from '../../api/wire.js';

/** What changed, word by word, in the text as it stands in its source. */
export function Differences({ parts }: { parts: readonly Wire<typeof DiffPart>[] }) {
  return (
    <article className="legal differences">
      {parts.map(({ op, text }, index) => {
        if (op === 'insert') return <ins key={index}>{text}</ins>;
        if (op === 'delete') return <del key={index}>{text}</del>;
        return <span key={index}>{text}</span>;
      })}
    </article>
  );
}
