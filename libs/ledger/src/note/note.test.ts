import { utf8ToBytes } from '@noble/hashes/utils.js';
import {
  checkpointText,
  cosigner,
  EMPTY_ROOT,
  formatNote,
  formatSignature,
  formatTlogProof,
  formatVerifierKey,
  noteSigner,
  parseNote,
  parseTlogProof,
  parseVerifierKey,
  ProofFault,
  readCheckpoint,
  signCheckpoint,
  verifyCheckpoint,
  verifySignatures,
} from '@paddock/ledger';

/** The example of C2SP signed-note. */
const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const NOTE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

const log = noteSigner('example.org/ledger', new Uint8Array(32).fill(1));
const witness = cosigner('witness.example/w1', new Uint8Array(32).fill(2), () => 1_679_315_147n);
const CHECKPOINT = { origin: 'example.org/ledger', size: 20852163n, root: EMPTY_ROOT };

describe('signed notes', () => {
  test('the published example holds, with its vkey', () => {
    const key = parseVerifierKey(VKEY);
    expect(formatVerifierKey(key)).toBe(VKEY);
    expect(formatNote(parseNote(NOTE))).toBe(NOTE);
    expect(verifySignatures(parseNote(NOTE), [key])).toEqual([{ key }]);
    expect(() => verifySignatures(parseNote(NOTE.replace('an example', 'no example')), [key])).toThrow(ProofFault);
  });

  test('signatures of unknown keys are passed over', () => {
    expect(verifySignatures(parseNote(NOTE), [log.key])).toEqual([]);
  });

  test.each([
    ['no signature', 'text\n'],
    ['no final newline', NOTE.slice(0, -1)],
    ['a control character', NOTE.replace('This', 'Th\tis')],
    ['a plus in the name', NOTE.replace('— example', '— exam+ple')],
    ['a hyphen in place of the dash', NOTE.replace('—', '-')],
    ['base64 with another spelling', NOTE.replace('aQM=', 'aQN=')],
    ['a line that is no signature', `${NOTE}more\n`],
    ['signatures without end', NOTE + NOTE.slice(NOTE.indexOf('—')).repeat(65)],
  ])('%s is none', (_, note) => expect(() => parseNote(note)).toThrow(ProofFault));

  test.each([
    ['another key ID', VKEY.replace('530d903a', '530d903b')],
    ['an unknown kind', 'example.com/foo+530d903a+B+kyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k'],
    ['a short key', 'example.com/foo+530d903a+AekyeRrm'],
    ['no key', 'example.com/foo'],
  ])('a vkey with %s is refused', (_, vkey) => expect(() => parseVerifierKey(vkey)).toThrow(ProofFault));

  test('bytes that are not UTF-8 are none', () => {
    expect(() => parseNote(Uint8Array.of(0xff, ...utf8ToBytes(NOTE)))).toThrow(ProofFault);
  });
});

describe('checkpoints', () => {
  const note = signCheckpoint(CHECKPOINT, [log]);

  test('are read as they were signed, with a witness’s word and its time', () => {
    const cosigned = note + formatSignature(witness.sign(checkpointText(CHECKPOINT)));
    expect(verifyCheckpoint(cosigned, [log.key, witness.key])).toEqual({
      ...CHECKPOINT,
      signatures: [{ key: log.key }, { key: witness.key, timestamp: 1_679_315_147n }],
    });
    expect(parseVerifierKey(formatVerifierKey(witness.key))).toEqual(witness.key);
  });

  test('during a rotation both keys sign, and either proves it', () => {
    const next = noteSigner(CHECKPOINT.origin, new Uint8Array(32).fill(3));
    const both = signCheckpoint(CHECKPOINT, [next, log]);
    for (const { key } of [log, next]) expect(verifyCheckpoint(both, [key]).signatures).toEqual([{ key }]);
  });

  test('of which every changed bit is found', () => {
    const bytes = utf8ToBytes(note);
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = bytes.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(() => verifyCheckpoint(changed, [log.key])).toThrow(ProofFault);
    }
  });

  test('signed by a witness alone, or by another log, prove nothing', () => {
    const other = noteSigner('other.example/log', new Uint8Array(32).fill(4));
    for (const signer of [witness, other]) {
      expect(() => verifyCheckpoint(signCheckpoint(CHECKPOINT, [signer]), [log.key, witness.key, other.key])).toThrow(ProofFault);
    }
  });

  test.each([
    ['a leading zero', `a\n01\n${btoa('a'.repeat(32))}\n`],
    ['a size without end', `a\n${'9'.repeat(40)}\n${btoa('a'.repeat(32))}\n`],
    ['a short root', `a\n1\n${btoa('a')}\n`],
    ['no root', 'a\n1\n'],
    ['an empty extension line', `a\n1\n${btoa('a'.repeat(32))}\n\nx\n`],
  ])('%s is refused', (_, text) => expect(() => readCheckpoint({ text, signatures: [] })).toThrow(ProofFault));
});

describe('proofs in one file (C2SP tlog-proof)', () => {
  const checkpoint = signCheckpoint(CHECKPOINT, [log]);

  test('are read as they were written', () => {
    for (const extra of [{}, { extra: utf8ToBytes('more') }]) {
      const proof = { index: 73894n, proof: [EMPTY_ROOT, log.key.publicKey], checkpoint, ...extra };
      expect(parseTlogProof(formatTlogProof(proof))).toEqual(proof);
    }
    expect(formatTlogProof({ index: 0n, proof: [], checkpoint })).toBe(`c2sp.org/tlog-proof@v1\nindex 0\n\n${checkpoint}`);
  });

  test.each([
    ['another first line', `c2sp.org/tlog-proof@v2\nindex 0\n\n${checkpoint}`],
    ['no index', `c2sp.org/tlog-proof@v1\n\n${checkpoint}`],
    ['a leading zero', `c2sp.org/tlog-proof@v1\nindex 01\n\n${checkpoint}`],
    ['a hash that is none', `c2sp.org/tlog-proof@v1\nindex 0\nAAAA\n\n${checkpoint}`],
    ['hashes without end', `c2sp.org/tlog-proof@v1\nindex 0\n${`${btoa('a'.repeat(32))}\n`.repeat(64)}\n${checkpoint}`],
    ['nothing', ''],
  ])('%s is refused', (_, text) => expect(() => parseTlogProof(text)).toThrow(ProofFault));
});
