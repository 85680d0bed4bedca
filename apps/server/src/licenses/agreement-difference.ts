import type { ComposedAgreement } from './agreements.service.js';

/** A document that two agreements do not share. `diff` compares it word by word, where both have it. */
export interface DocumentDifference {
  kind: 'license' | 'policy';
  title: string;
  before: string | null;
  after: string | null;
  diff: string | null;
}

/** What distinguishes the agreement `after` from `before`, in the order in which the documents are shown. */
export function agreementDifference(before: ComposedAgreement, after: ComposedAgreement, publicUrl: string): DocumentDifference[] {
  return [...licenseDifference(before, after, publicUrl), ...policyDifferences(before, after, publicUrl)];
}

function licenseDifference({ version: old }: ComposedAgreement, { version }: ComposedAgreement, publicUrl: string): DocumentDifference[] {
  if (old.id === version.id) return [];
  const diff =
    old.license === version.license ? `${publicUrl}/api/v1/licenses/${version.license}/diff?from=${old.n}&to=${version.n}` : null;
  return [{ kind: 'license', title: `${version.title}, version ${version.n}`, before: old.sha256, after: version.sha256, diff }];
}

function policyDifferences({ texts: old }: ComposedAgreement, { texts }: ComposedAgreement, publicUrl: string): DocumentDifference[] {
  const changed = texts.flatMap((text) => {
    const earlier = old.find(({ policy_id }) => policy_id === text.policy_id);
    if (earlier?.snapshot_id === text.snapshot_id) return [];
    const diff = earlier && `${publicUrl}/api/v1/policies/${text.policy}/diff?from=${earlier.snapshot_id}&to=${text.snapshot_id}`;
    return [
      { kind: 'policy' as const, title: text.title, before: earlier?.text_sha256 ?? null, after: text.text_sha256, diff: diff ?? null },
    ];
  });
  const dropped = old.filter(({ policy_id }) => !texts.some((text) => text.policy_id === policy_id));
  return [
    ...changed,
    ...dropped.map(({ title, text_sha256 }) => ({ kind: 'policy' as const, title, before: text_sha256, after: null, diff: null })),
  ];
}
