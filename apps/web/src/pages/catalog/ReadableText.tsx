import { useDocument } from '../../api/documents.js';
import { Loaded } from '../../elements/Loaded.js';
import { Section } from '../../elements/Section.js';
import { LegalText } from '../../elements/legal/LegalText.js';

/** A guide or a paper of the release that everyone may read. */
export function ReadableText({ model, release, path }: { model: string; release: string; path: string }) {
  const text = useDocument(`/api/v1/models/${model}/releases/${release}/readable?path=${encodeURIComponent(path)}`);
  return (
    <Section title={path} id="text">
      <Loaded of={text}>{(bytes) => <LegalText bytes={bytes} />}</Loaded>
    </Section>
  );
}
