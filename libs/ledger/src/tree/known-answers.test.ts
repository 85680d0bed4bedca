import { readFileSync } from 'node:fs';
import {
  fromBase64,
  ProofFault,
  verifyConsistency,
  verifyInclusion,
  verifySubtreeConsistency,
  verifySubtreeInclusion,
} from '@paddock/ledger';

interface Probe {
  leafIdx: number;
  leafHash: string;
  treeSize: number;
  root: string;
  size1: number;
  size2: number;
  size: number;
  root1: string;
  root2: string;
  start: number;
  end: number;
  proof: string[];
  desc: string;
  wantErr: boolean;
}

/** Public test vectors of transparency-dev/merkle (testdata/), without those that only flip bits of others: tree.test.ts does that. */
const PROBES = JSON.parse(readFileSync(new URL('known-answers.json', import.meta.url), 'utf8')) as Record<string, Probe[]>;

const CHECKS: Record<string, (probe: Probe, proof: Uint8Array[]) => void> = {
  inclusion: (one, proof) => verifyInclusion(one.leafIdx, one.treeSize, fromBase64(one.leafHash), proof, fromBase64(one.root)),
  consistency: (one, proof) => verifyConsistency(one.size1, one.size2, proof, fromBase64(one.root1), fromBase64(one.root2)),
  subtreeInclusion: (one, proof) =>
    verifySubtreeInclusion(one.leafIdx, { begin: one.start, end: one.end }, fromBase64(one.leafHash), proof, fromBase64(one.root)),
  subtreeConsistency: (one, proof) =>
    verifySubtreeConsistency({ begin: one.start, end: one.end }, one.size, proof, fromBase64(one.root1), fromBase64(one.root2)),
};

describe.each(Object.entries(CHECKS))('public vectors of %s proofs', (kind, check) => {
  const verify = (probe: Probe) => check(probe, probe.proof.map(fromBase64));
  const cases = PROBES[kind]!.map((probe, n) => [`${n}: ${probe.desc}`, probe] as const);
  test.each(cases.filter(([, { wantErr }]) => !wantErr))('%s: holds', (_, probe) => {
    expect(() => verify(probe)).not.toThrow();
  });
  const wrong = cases.filter(([, { wantErr }]) => wantErr);
  if (wrong.length > 0) test.each(wrong)('%s: is refused', (_, probe) => expect(() => verify(probe)).toThrow(ProofFault));
});
